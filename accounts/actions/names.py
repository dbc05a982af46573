"""What a person is called in what others were told about them."""

import re
from collections.abc import Iterable

from django.db.models import F, Func, Q, Value
from django.db.models.functions import Left
from django.utils.html import escape

from accounts.actions.mail import SUBJECT_LENGTH
from accounts.actions.notify import TITLE_LENGTH
from accounts.models import Notification, OutboxMail, User


def call_otherwise(*, user: User, said: Iterable[str], instead: str, readers: Iterable[User] = ()) -> None:
    """Put `instead` for what a person was called (`said`), in what was written about them, in accounts and by mail.

    It is found by `about`. Rows from before that was kept are read for the words, among those written to `readers`.
    """
    people = list(readers)
    old_news = Notification.objects.filter(about=None, user__in=people)
    old_mails = OutboxMail.objects.filter(about=None, recipient__in=[reader.email for reader in people])
    news = Notification.objects.filter(about=user.pk)
    mails = OutboxMail.objects.filter(about__contains=[user.pk])
    for name in filter(None, said):
        words = {
            "title": Left(_without("title", name, instead), TITLE_LENGTH),
            "text": _without("text", name, instead),
        }
        news.update(**words)
        old_news.filter(Q(title__contains=name) | Q(text__contains=name)).update(**words)
        html = escape(name)
        words = {
            "subject": Left(_without("subject", name, instead), SUBJECT_LENGTH),
            "text": _without("text", name, instead),
            "html": _without("html", html, escape(instead)),
        }
        mails.update(**words)
        found = Q(subject__contains=name) | Q(text__contains=name) | Q(html__contains=html)
        old_mails.filter(found).update(**words)


def _without(field: str, said: str, instead: str) -> Func:
    """The column with the whole words replaced, so that a short name inside another word stays where it is."""
    pattern = rf"(?<!\w){re.escape(said)}(?!\w)"
    plain = instead.replace("\\", r"\\")
    return Func(F(field), Value(pattern), Value(plain), Value("g"), function="REGEXP_REPLACE")
