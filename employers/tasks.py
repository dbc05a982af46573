"""Work done outside the request."""

import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from employers.actions.api_calls import forget_old_calls
from employers.actions.members import forget_expired_invitations
from employers.actions.token_ends import tell_ending_tokens
from employers.actions.webhook_delivery import deliver_next, forget_old_deliveries, forget_removed, tidy

BUDGET_SECONDS = 180  # one message more, with every timeout, stays below the soft time limit


@shared_task(name="employers.forget_invitations", ignore_result=True)
def forget_invitations() -> None:
    """Delete the addresses of people who did not answer in time."""
    forget_expired_invitations(now=timezone.now())


@shared_task(name="employers.forget_calls", ignore_result=True)
def forget_calls() -> None:
    """Delete answers of the API that were kept for a day, and messages that were kept for a month."""
    now = timezone.now()
    forget_old_calls(now=now)
    forget_removed(now=now)
    forget_old_deliveries(before=now - timedelta(days=settings.WEBHOOKS_KEPT_DAYS))


@shared_task(name="employers.tell_ending_tokens", ignore_result=True)
def tell_ending() -> None:
    """Tell people whose tokens end soon."""
    tell_ending_tokens(now=timezone.now())


@shared_task(name="employers.deliver_webhooks", ignore_result=True)
def deliver_webhooks() -> None:
    """Send what is due, message by message."""
    tidy(now=timezone.now())
    started = time.monotonic()
    while time.monotonic() - started < BUDGET_SECONDS:
        if not deliver_next(now=timezone.now()):
            return
