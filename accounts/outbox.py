"""Django's mail backend: whatever sends mail the usual way writes to the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from accounts.actions.mail import queue_mail


class UnableToQueue(Exception):
    """The outbox holds text and HTML only; a mail with more than that would arrive as less than was meant."""


class OutboxBackend(BaseEmailBackend):
    """Queues one row for every recipient, in the transaction that is open, if any."""

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue `email_messages`, all or none; return their number."""
        for message in email_messages:
            _queue(message)
        return len(email_messages)


def _queue(message: EmailMessage) -> None:
    html = _html_of(message)
    if message.attachments or message.extra_headers or message.reply_to:
        raise UnableToQueue("attachments, extra headers and reply addresses are not kept")
    for address in message.recipients():
        queue_mail(
            recipient=address,
            sender=message.from_email,
            subject=str(message.subject),
            text=str(message.body),
            html=html,
            now=timezone.now(),
        )


def _html_of(message: EmailMessage) -> str:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    if message.content_subtype != "plain" or any(kind != "text/html" for _, kind in alternatives):
        raise UnableToQueue("only plain text with an HTML alternative is kept")
    return str(alternatives[0][0]) if alternatives else ""
