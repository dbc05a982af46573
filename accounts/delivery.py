"""Handing one mail to the mail server that `EMAIL_URL` names."""

import smtplib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from accounts.models import OutboxMail
from accounts.models.outbox import EXTRA_HEADERS

TIMEOUT_SECONDS = 20
FINAL = range(500, 600)
PARAMETERS = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
}


class MailRefused(Exception):
    """The server will never take this mail."""


class ServerUnreachable(OSError):
    """No server answered, or it let nobody in; other mail would fare no better now."""


def mail_server() -> BaseEmailBackend:
    """An unopened connection to the server. Needs `settings.EMAIL_DELIVERY`."""
    delivery: Mapping[str, Any] = settings.EMAIL_DELIVERY or {}
    if delivery["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
        return get_connection(delivery["EMAIL_BACKEND"], file_path=delivery["EMAIL_FILE_PATH"])
    parameters: dict[str, Any] = {name: delivery.get(key) for name, key in PARAMETERS.items()}
    return get_connection(delivery["EMAIL_BACKEND"], timeout=TIMEOUT_SECONDS, **parameters)


def hand_over(mail: OutboxMail) -> None:
    """Return once the server has taken the mail. Raises MailRefused, ServerUnreachable, or OSError for "later"."""
    server = mail_server()
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as error:
        raise ServerUnreachable(f"{type(error).__name__}: {error}") from error
    try:
        server.send_messages([_message(mail, server)])
    except smtplib.SMTPException as error:
        if _is_final(error):
            raise MailRefused(str(error)) from error
        raise
    finally:
        # A farewell that fails must not undo a mail that was taken.
        with suppress(OSError, smtplib.SMTPException):
            server.close()


def _message(mail: OutboxMail, server: BaseEmailBackend) -> EmailMultiAlternatives:
    extra = {name: value for name, value in mail.headers.items() if name in EXTRA_HEADERS}
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        mail.sender,
        [mail.recipient],
        connection=server,
        headers={**extra, "Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _is_final(error: smtplib.SMTPException) -> bool:
    codes: Iterable[int] = ()
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused):
        codes = [error.smtp_code]
    return bool(codes) and all(code in FINAL for code in codes)
