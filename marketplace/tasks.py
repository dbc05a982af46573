"""Work of the composition root in the background."""

from celery import shared_task
from django.utils import timezone

from marketplace.administration.market import keep_market_report


@shared_task(name="marketplace.report_market", acks_late=True)
def report_market_task() -> None:
    """Keep what the market looks like now."""
    now = timezone.now()
    keep_market_report(on=now.date(), now=now)
