"""Putting mail into the outbox, in the caller's transaction."""

from collections.abc import Mapping
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
from accounts.rules.time_zones import clock_of
from common.queue import enqueue

SUBJECT_LENGTH = 255


class UnableToResend(Exception):
    """The mail is still on its way; sending it again would double it."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who may have no account yet, written to in the language and on the clock of who writes."""

    email: str
    language: str
    time_zone: str


def send(*, to: User | Addressee, template: str, context: Mapping[str, Any], now: datetime) -> OutboxMail:
    """Render `<template>.subject.txt`, `.txt` and, where there is one, `.html` for the person, and queue the mail.

    Rendered in the person's language and time zone. Templates also get `recipient` (`to`) and `origin`
    (scheme and host, without a slash at the end), and can extend `mail/base.txt` and `mail/base.html` (block
    `content`). Text templates are not escaped: "&" stays "&".
    """
    facts = {**context, "recipient": to, "origin": settings.SITE_ORIGIN}
    with translation.override(to.language), timezone.override(clock_of(to.time_zone)):
        subject = _plain(f"{template}.subject.txt", facts)
        text = _plain(f"{template}.txt", facts)
        html = render_to_string(f"{template}.html", facts) if _exists(f"{template}.html") else ""
    return queue_mail(recipient=to.email, subject=subject, text=text, html=html, now=now)


def queue_mail(
    *, recipient: str, subject: str, text: str, html: str = "", sender: str = "", now: datetime
) -> OutboxMail:
    """Write one row and wake the worker once the transaction commits. Line breaks in the subject become spaces."""
    mail = OutboxMail.objects.create(
        recipient=recipient,
        sender=sender or settings.DEFAULT_FROM_EMAIL,
        subject=" ".join(subject.split())[:SUBJECT_LENGTH],
        text=text.strip() + "\n",
        html=html.strip(),
        created_at=now,
        next_attempt_at=now,
    )
    enqueue("accounts.deliver_mail")
    return mail


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
        now=now,
    )
    record(verb="mail.resent", target=mail, by=by, now=now, copy=str(copy.pk))
    return copy


def _plain(name: str, facts: dict[str, Any]) -> str:
    template = Engine.get_default().get_template(name)
    return str(template.render(Context(facts, autoescape=False)))


def _exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist as missing:
        if missing.args[0] != name:
            raise
        return False
    return True
