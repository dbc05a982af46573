"""Forgetting who somebody was. The number of the account stays, so that logs say what happened, and leads to nobody."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from accounts.actions.audit import record
from accounts.models import AuditEntry, OutboxMail, User
from accounts.rules.time_zones import NEVER_CHOSEN
from common.sweeping import each_by_itself

LEFT: Final = "user.left"
"""How the audit log names it."""
AGAIN_FOR: Final = timedelta(days=2)
"""So long after leaving it is looked whether anything was written since."""

GONE: Final = "left.invalid"
"""The domain of the addresses of those who left; no mail can ever reach it."""


@transaction.atomic
def forget_person(*, user: User, now: datetime) -> User:
    """Delete all that hangs on the account, with mail to its address, and empty the account itself.

    Every table is found by its foreign key, so that a new one is not forgotten: what the model says to delete with the
    user is deleted. Sessions end, since the password is gone.
    """
    _empty(user)
    record(verb=LEFT, target=user, by=None, now=now)
    return user


def forget_again(*, now: datetime) -> int:
    """Empty the accounts of those who left lately once more; how many.

    A page that was under way in that very moment (settings, an address of theirs) may have written after it: the account's
    row is still there to hang something on.
    """
    lately = AuditEntry.objects.filter(verb=LEFT, at__gt=now - AGAIN_FOR)
    return len(each_by_itself(lately.values_list("object_id", flat=True), _empty_once_more))


@transaction.atomic
def _empty_once_more(user: str) -> None:
    _empty(User.objects.select_for_update(no_key=True).get(pk=user))


def _empty(user: User) -> None:
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
