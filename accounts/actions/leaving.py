"""Forgetting who somebody was. The number of the account stays, so that logs say what happened, and leads to nobody."""

from datetime import datetime
from typing import Final

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from accounts.actions.audit import record
from accounts.models import OutboxMail, User
from accounts.rules.time_zones import NEVER_CHOSEN

GONE: Final = "left.invalid"
"""The domain of the addresses of those who left; no mail can ever reach it."""


@transaction.atomic
def forget_person(*, user: User, now: datetime) -> User:
    """Delete all that hangs on the account, with mail to its address, and empty the account itself.

    Every table is found by its foreign key, so that a new one is not forgotten: what the model says to delete with the
    user is deleted. Sessions end, since the password is gone.
    """
    OutboxMail.objects.filter(recipient__iexact=user.email).delete()
    for relation in User._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
    content_type = ContentType.objects.get_for_model(User)
    told = LogEntry.objects.filter(content_type=content_type, object_id=str(user.pk))
    told.update(object_repr="", change_message="")
    user.groups.clear()
    user.user_permissions.clear()
    user.email, user.is_active, user.last_login = f"{user.pk}@{GONE}", False, None
    user.language, user.time_zone = User._meta.get_field("language").default, NEVER_CHOSEN
    user.came_for = ""
    user.set_unusable_password()
    user.save()
    record(verb="user.left", target=user, by=None, now=now)
    return user
