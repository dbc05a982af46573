"""Work done outside the request."""

import time
from datetime import datetime, timedelta
from functools import partial

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.actions.delivery import Delivery, deliver_next, forget_old_mail, tidy_outbox
from accounts.actions.digests import write_digest
from accounts.actions.leaving import forget_again
from accounts.actions.notifications import forget_old_notifications
from accounts.queries.digests import due_digests
from common.queue import enqueue
from common.sweeping import each_by_itself

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


@shared_task(name="accounts.write_digests", ignore_result=True)
def write_digests() -> None:
    """Write the daily mails that are due. What a dead worker left, or the budget, the next call writes.

    Several workers may do it at once: each passes over the people that another one is writing to.
    """
    started, settled = time.monotonic(), True
    while settled and time.monotonic() - started < BUDGET_SECONDS:
        now = timezone.now()
        settled = any(each_by_itself(due_digests(now), partial(_write_digest, now)))
    if settled:
        enqueue("accounts.write_digests")


def _write_digest(now: datetime, user_id: int) -> bool:
    return write_digest(user_id=user_id, now=now)


@shared_task(name="accounts.forget_old", ignore_result=True)
def forget_old() -> None:
    """Delete what is only kept for a while: mail that left long ago, old news, sessions that ended, what people left behind."""
    now = timezone.now()
    before = now - timedelta(days=settings.MAIL_KEPT_DAYS)
    forget_old_mail(before=before, sends=settings.EMAIL_DELIVERY is not None)
    forget_old_notifications(before=now - timedelta(days=settings.NOTIFICATIONS_KEPT_DAYS))
    forget_again(now=now)
    SessionStore.clear_expired()
