"""Putting mail into the outbox, in the caller's transaction."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation

from accounts.actions.audit import record
from accounts.enums import MailState
from accounts.models import OutboxMail, User
from accounts.models.outbox import EXTRA_HEADERS
from accounts.rules.mail_text import blocks_of
from accounts.rules.time_zones import clock_of
from common.queue import enqueue

SUBJECT_LENGTH = 255
BUTTON_LENGTH = 45
"""Longer names make a link, not a button."""


class ForbiddenHeader(ValueError):
    """A header that mail of ours never carries, or one that would smuggle in another."""


class UnableToResend(Exception):
    """The mail is still on its way; sending it again would double it."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who may have no account yet, written to in the language and on the clock of who writes."""

    email: str
    language: str
    time_zone: str


def send(
    *,
    to: User | Addressee,
    template: str,
    context: Mapping[str, Any],
    now: datetime,
    headers: Mapping[str, str] | None = None,
    about: Sequence[int] | None = (),
) -> OutboxMail:
    """Render `<template>.subject.txt`, `.txt` and, where there is one, `.html` for the person, and queue the mail.

    Without an `.html` of its own the mail gets one made of its text (`rules.mail_text` says how that is built).

    Rendered in the person's language and time zone. Templates also get `recipient` (`to`) and `origin`
    (scheme and host, without a slash at the end), and can extend `mail/base.txt` and `mail/base.html` (block
    `content`). Text templates are not escaped: "&" stays "&".
    """
    facts = {**context, "recipient": to, "origin": settings.SITE_ORIGIN}
    with in_words_of(to):
        subject = plain(f"{template}.subject.txt", facts)
        text = plain(f"{template}.txt", facts)
        html = _own_html(
            template, {**facts, "subject": subject, "foot": blocks_of(text, settings.SITE_ORIGIN)[1]}
        )
        return queue_mail(
            recipient=to.email, subject=subject, text=text, html=html, headers=headers, about=about, now=now
        )


@contextmanager
def in_words_of(person: User | Addressee) -> Iterator[None]:
    """Everything rendered inside speaks the person's language and shows times on their clock."""
    with translation.override(person.language), timezone.override(clock_of(person.time_zone)):
        yield


def queue_mail(
    *,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    sender: str = "",
    headers: Mapping[str, str] | None = None,
    about: Sequence[int] | None = (),
    now: datetime,
) -> OutboxMail:
    """Write one row and wake the worker once the transaction commits. Line breaks in the subject become spaces.

    `about`: ids of the users whom the words name to the reader; None where that is not known.

    Without `html` it is made of the text, in the language that is active.
    `headers` beside those of every mail; raises ForbiddenHeader for one that the outbox does not know.
    """
    extra = dict(headers or {})
    for name, value in extra.items():
        if name not in EXTRA_HEADERS or not value.isprintable():
            raise ForbiddenHeader(name)
    subject = " ".join(subject.split())[:SUBJECT_LENGTH]
    mail = OutboxMail.objects.create(
        recipient=recipient,
        sender=sender or settings.DEFAULT_FROM_EMAIL,
        subject=subject,
        text=text.strip() + "\n",
        html=html.strip() or html_of(subject, text),
        headers=extra,
        about=None if about is None else list(about),
        created_at=now,
        next_attempt_at=now,
    )
    enqueue("accounts.deliver_mail")
    return mail


def html_of(subject: str, text: str) -> str:
    """The letter that a text makes. Where one link has a name, and a short one, it is the button."""
    letter, foot = blocks_of(text, settings.SITE_ORIGIN)
    named = [block for block in letter if block.kind == "link" and block.lines[0] != block.url]
    main = named[0] if len(named) == 1 and len(named[0].lines[0]) <= BUTTON_LENGTH else None
    facts = {"subject": subject, "letter": letter, "foot": foot, "main": main}
    return render_to_string("mail/from_text.html", facts).strip()


@transaction.atomic
def resend_mail(*, mail: OutboxMail, by: User, now: datetime) -> OutboxMail:
    """Queue a copy of a mail that was sent or has failed. Raises UnableToResend while it is still on its way."""
    if mail.state not in (MailState.SENT, MailState.FAILED):
        raise UnableToResend
    copy = queue_mail(
        recipient=mail.recipient,
        sender=mail.sender,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        headers=mail.headers,
        about=mail.about,
        now=now,
    )
    record(verb="mail.resent", target=mail, by=by, now=now, copy=str(copy.pk))
    return copy


def plain(name: str, facts: Mapping[str, Any]) -> str:
    """A text template, filled in without escaping; never two empty lines in a row."""
    template = Engine.get_default().get_template(name)
    text = str(template.render(Context(dict(facts), autoescape=False)))
    return re.sub(r"\n{3,}", "\n\n", text)


def _own_html(template: str, facts: dict[str, Any]) -> str:
    return render_to_string(f"{template}.html", facts) if exists(f"{template}.html") else ""


def exists(name: str) -> bool:
    """Whether there is a template of this name; a broken one is an error."""
    try:
        get_template(name)
    except TemplateDoesNotExist as missing:
        if missing.args[0] != name:
            raise
        return False
    return True
