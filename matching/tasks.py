"""Ranking in the background. Each task loads by id and calls one action; doubled messages change nothing."""

from celery import shared_task
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from matching.actions.ranking import refresh_ranking, refresh_stale

TRANSIENT = (OperationalError, InterfaceError)


@shared_task(
    name="matching.refresh_ranking",
    acks_late=True,
    autoretry_for=TRANSIENT,
    retry_backoff=True,
    max_retries=5,
)
def refresh_ranking_task(*, vacancy_id: int) -> None:
    """Rank one vacancy."""
    now = timezone.now()
    refresh_ranking(vacancy_id=vacancy_id, today=now.date(), now=now)


@shared_task(
    name="matching.refresh_candidate",
    acks_late=True,
    autoretry_for=TRANSIENT,
    retry_backoff=True,
    max_retries=5,
)
def refresh_candidate_task(*, candidate_id: int) -> None:
    """Rank what a changed person touches; several changes in a row are caught up with at once."""
    now = timezone.now()
    refresh_stale(today=now.date(), now=now)


@shared_task(
    name="matching.refresh_employer",
    acks_late=True,
    autoretry_for=TRANSIENT,
    retry_backoff=True,
    max_retries=5,
)
def refresh_employer_task(*, employer_id: int) -> None:
    """Rank the vacancies of an employer whose team facts changed."""
    now = timezone.now()
    refresh_stale(today=now.date(), now=now)


@shared_task(name="matching.sweep_rankings", acks_late=True)
def sweep_rankings_task() -> None:
    """Find and rank whatever a lost message, a new day or a changed fact left behind."""
    now = timezone.now()
    refresh_stale(today=now.date(), now=now)
