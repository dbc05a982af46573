"""Work done outside the request."""

import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.actions.delivery import Delivery, deliver_next, forget_old_mail, tidy_outbox

BUDGET_SECONDS = 180  # stays below the soft time limit even if the last mail runs into every timeout


@shared_task(name="accounts.deliver_mail", ignore_result=True)
def deliver_mail() -> None:
    """Deliver what is due. Without a mail server everything keeps waiting, where the demo inbox shows it."""
    if settings.EMAIL_DELIVERY is None:
        return
    tidy_outbox(now=timezone.now())
    started = time.monotonic()
    while time.monotonic() - started < BUDGET_SECONDS:
        if deliver_next(now=timezone.now()) is not Delivery.SETTLED:
            return


@shared_task(name="accounts.forget_old", ignore_result=True)
def forget_old() -> None:
    """Delete what is only kept for a while: mail that left long ago, and sessions that ended."""
    before = timezone.now() - timedelta(days=settings.MAIL_KEPT_DAYS)
    forget_old_mail(before=before, sends=settings.EMAIL_DELIVERY is not None)
    SessionStore.clear_expired()
