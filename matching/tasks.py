"""Ranking in the background. Each task is one action; doubled and late messages change nothing."""

from typing import Any

from celery import shared_task
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from matching.actions.allocation import refresh_allocation
from matching.actions.exposure import report_exposure
from matching.actions.ranking import refresh_ranking, refresh_stale

TRANSIENT: dict[str, Any] = {
    "acks_late": True,
    "autoretry_for": (OperationalError, InterfaceError),
    "retry_backoff": True,
    "max_retries": 5,
}


@shared_task(name="matching.refresh_ranking", **TRANSIENT)
def refresh_ranking_task(*, vacancy_id: int) -> None:
    """Rank one vacancy."""
    now = timezone.now()
    refresh_ranking(vacancy_id=vacancy_id, today=now.date(), now=now)


@shared_task(name="matching.refresh_candidate", **TRANSIENT)
def refresh_candidate_task(*, candidate_id: int) -> None:
    """Rank anew after a person's change; the first of several messages in a row catches up with all of them."""
    now = timezone.now()
    refresh_stale(today=now.date(), now=now)


@shared_task(name="matching.refresh_employer", **TRANSIENT)
def refresh_employer_task(*, employer_id: int) -> None:
    """Rank the vacancies of an employer whose team facts changed."""
    now = timezone.now()
    refresh_stale(today=now.date(), now=now)


@shared_task(name="matching.sweep_rankings", **TRANSIENT)
def sweep_rankings_task() -> None:
    """Find and rank whatever a lost message, a new day or a changed fact left behind."""
    now = timezone.now()
    refresh_stale(today=now.date(), now=now)


@shared_task(name="matching.refresh_allocation", **TRANSIENT)
def refresh_allocation_task() -> None:
    """Share out the places of all open shortlists, if anything that counts has changed."""
    refresh_allocation(now=timezone.now())


@shared_task(name="matching.report_exposure", **TRANSIENT)
def report_exposure_task() -> None:
    """Keep how evenly people are shown now."""
    now = timezone.now()
    report_exposure(on=now.date(), now=now)
