"""Work done outside the request."""

import time

from celery import shared_task
from django.utils import timezone

from candidates.actions.staying_sweep import sweep_listings as sweep

BUDGET_SECONDS = 240


@shared_task(name="candidates.sweep_listings", ignore_result=True)
def sweep_listings() -> None:
    """Remind people to stay listed, let listings lapse and end pauses, as far as it comes in four minutes."""
    until = time.monotonic() + BUDGET_SECONDS
    sweep(now=timezone.now(), go_on=lambda: time.monotonic() < until)
