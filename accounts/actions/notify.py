"""Telling a person what happened: in their account in any case, by mail as they choose."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from accounts.actions import mail
from accounts.actions.mail_foot import foot_facts, off_headers
from accounts.enums import MailChoice, MailState, NotificationKind
from accounts.models import Notification, OutboxMail, User
from accounts.queries.mail_choices import mail_choice
from accounts.rules.mail_text import first_words

TITLE_LENGTH = 255


def notify(
    *,
    to: User,
    kind: str,
    template: str,
    context: Mapping[str, Any],
    url: str,
    key: str,
    now: datetime,
    about: int = 0,
) -> Notification:
    """Tell `to` of the event `key`, once, in the caller's transaction; the row in their account.

    `kind` is a `NotificationKind`, `url` the path of the page where it goes on. Templates as of `mail.send`:
    `<template>.subject.txt` is the title, `<template>.short.txt` the text in the account or else the first paragraph of
    `<template>.txt`. `about` is the id of the user whom the words name, where that is somebody else: their name goes out
    of it when they leave. They also get `link`, the whole address of that page. The same event twice, or twice at once,
    writes and mails nothing more. Raises ValueError for a kind or a path that there is not.
    """
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"not a path of this site: {url}")
    known = NotificationKind(kind)
    told = Notification.objects.filter(user=to, key=key).first()
    if told is not None:
        return told
    facts = {**context, "recipient": to, "origin": settings.SITE_ORIGIN, "link": settings.SITE_ORIGIN + url}
    choice = mail_choice(to, known) if to.is_active else MailChoice.NEVER
    row = Notification(
        user=to, kind=known, key=key, url=url, language=to.language, created_at=now, about=about
    )
    row.awaits_digest = choice == MailChoice.DAILY
    with mail.in_words_of(to):
        row.title, row.text = _title(template, facts), _short_text(template, facts)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Another transaction told it while this one was writing; its mail is the only one.
        return Notification.objects.get(user=to, key=key)
    if choice == MailChoice.AT_ONCE:
        foot = foot_facts(to, known)
        mail.send(
            to=to,
            template=template,
            context={**facts, **foot},
            now=now,
            headers=off_headers(foot["off_link"]),
            about=[about] if about else [],
        )
    return row


def keep_out_of_digest(*, notifications: QuerySet[Any]) -> int:
    """What no longer holds stays in people's accounts and is mailed to nobody; how many. `notifications`: their keys."""
    return Notification.objects.filter(pk__in=notifications, awaits_digest=True).update(awaits_digest=False)


NAMING: Final = (
    NotificationKind.ANSWER_DUE,
    NotificationKind.APPLICATION_MOVED,
    NotificationKind.APPLICATION_ENDED,
)
"""Kinds of news that may name somebody where it was not kept whom."""


def forget_named(*, user: User) -> int:
    """Take what names other people out of somebody's account, and mail of it that has not left; how many pieces of news.

    For who has no part any more in what they were told of.
    """
    OutboxMail.objects.filter(
        recipient__iexact=user.email, state=MailState.WAITING, about__len__gt=0
    ).delete()
    naming = Q(about__gt=0) | Q(about=None, kind__in=NAMING)
    return Notification.objects.filter(naming, user=user).delete()[0]


def _title(template: str, facts: Mapping[str, Any]) -> str:
    return " ".join(mail.plain(f"{template}.subject.txt", facts).split())[:TITLE_LENGTH]


def _short_text(template: str, facts: Mapping[str, Any]) -> str:
    """What the account shows: a text of its own, or the first paragraph of the mail without its addresses."""
    if mail.exists(f"{template}.short.txt"):
        return " ".join(mail.plain(f"{template}.short.txt", facts).split())
    content = mail.plain(f"{template}.txt", {**facts, "content_only": True})
    return first_words(content, settings.SITE_ORIGIN)
