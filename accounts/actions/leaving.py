"""Forgetting who somebody was. The number of the account stays, so that logs say what happened, and leads to nobody."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Replace
from django.utils.html import escape

from accounts.actions.audit import record
from accounts.models import Notification, OutboxMail, User
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


def unname_person(*, user: User, name: str, instead: str, readers: Iterable[User]) -> None:
    """Put `instead` for a person's name and address in what was written about them, in people's accounts and by mail.

    It is found by `about`. Rows from before that was kept are read for the words, among those written to `readers`.
    """
    people = list(readers)
    old_news = Notification.objects.filter(about=None, user__in=people)
    old_mails = OutboxMail.objects.filter(about=None, recipient__in=[reader.email for reader in people])
    news = Notification.objects.filter(about=user.pk)
    mails = OutboxMail.objects.filter(about__contains=[user.pk])
    for said in filter(None, (name, user.email)):
        words = {"title": _without("title", said, instead), "text": _without("text", said, instead)}
        news.update(**words)
        old_news.filter(Q(title__contains=said) | Q(text__contains=said)).update(**words)
        html = escape(said)
        words = {
            "subject": _without("subject", said, instead),
            "text": _without("text", said, instead),
            "html": _without("html", html, instead),
        }
        mails.update(**words)
        found = Q(subject__contains=said) | Q(text__contains=said) | Q(html__contains=html)
        old_mails.filter(found).update(**words)


def _without(field: str, said: str, instead: str) -> Func:
    """The column with the whole word replaced, so that a short name inside another word stays where it is."""
    if not (said[0].isalnum() and said[-1].isalnum()):
        return Replace(F(field), Value(said), Value(instead))
    pattern = rf"\m{re.escape(said)}\M"
    return Func(F(field), Value(pattern), Value(instead), Value("g"), function="REGEXP_REPLACE")
