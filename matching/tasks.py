"""Ranking in the background. Each task is one action; doubled and late messages change nothing."""

from typing import Any

from celery import shared_task
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from matching.actions.allocation import refresh_allocation
from matching.actions.exposure import report_exposure
from matching.actions.looks import refresh_looks
from matching.actions.pools import purge_pools
from matching.actions.pruning import prune_rankings, prune_rounds
from matching.actions.queries_ahead import compile_ahead
from matching.actions.ranking import refresh_ranking
from matching.actions.rounds import rank_waiting, refresh_all, refresh_changed
from matching.actions.shards import rank_shard

TRANSIENT: dict[str, Any] = {
    "acks_late": True,
    "autoretry_for": (OperationalError, InterfaceError),
    "retry_backoff": True,
    "max_retries": 5,
}
A_MINUTE = 55
"""Seconds; then the beat has asked for a round anyway, and older messages need not be worked off."""


@shared_task(name="matching.refresh_ranking", **TRANSIENT)
def refresh_ranking_task(*, vacancy_id: int) -> None:
    """Rank one vacancy."""
    now = timezone.now()
    refresh_ranking(vacancy_id=vacancy_id, today=now.date(), now=now)


@shared_task(name="matching.refresh_candidate", **TRANSIENT)
def refresh_candidate_task(*, candidate_id: int) -> None:
    """Rank anew after a person's change; the first of several messages in a row catches up with all of them."""
    now = timezone.now()
    refresh_changed(today=now.date(), now=now)


@shared_task(name="matching.refresh_employer", **TRANSIENT)
def refresh_employer_task(*, employer_id: int) -> None:
    """Rank the vacancies of an employer whose team facts changed."""
    now = timezone.now()
    refresh_changed(today=now.date(), now=now)


@shared_task(name="matching.sweep_rankings", expires=A_MINUTE, **TRANSIENT)
def sweep_rankings_task() -> None:
    """Find and rank whatever a lost message, a new day or a changed fact left behind."""
    now = timezone.now()
    refresh_changed(today=now.date(), now=now)


@shared_task(name="matching.compile_ahead", **TRANSIENT)
def compile_ahead_task() -> None:
    """Compile today's and tomorrow's queries for all processes."""
    compile_ahead(today=timezone.now().date())


@shared_task(name="matching.rank_waiting", **TRANSIENT)
def rank_waiting_task() -> None:
    """Join in ranking what a round found."""
    now = timezone.now()
    rank_waiting(today=now.date(), now=now)


@shared_task(name="matching.rank_shard", **TRANSIENT)
def rank_shard_task(*, job_id: int, number: int) -> None:
    """Rank one shard of a job; the last one merges."""
    rank_shard(job_id=job_id, number=number, now=timezone.now())


@shared_task(name="matching.refresh_all", **TRANSIENT)
def refresh_all_task() -> None:
    """Rank everything once a day, whatever the rounds found."""
    now = timezone.now()
    refresh_all(today=now.date(), now=now)


@shared_task(name="matching.refresh_allocation", **TRANSIENT)
def refresh_allocation_task() -> None:
    """Share out the places of all open shortlists, if anything that counts has changed."""
    refresh_allocation(now=timezone.now())


@shared_task(name="matching.report_exposure", **TRANSIENT)
def report_exposure_task() -> None:
    """Keep how evenly people are shown now."""
    now = timezone.now()
    report_exposure(on=now.date(), now=now)


@shared_task(name="matching.refresh_looks", **TRANSIENT)
def refresh_looks_task() -> None:
    """Find the lists that want a recruiter's look."""
    refresh_looks(now=timezone.now())


@shared_task(name="matching.purge_pools", **TRANSIENT)
def purge_pools_task() -> None:
    """Delete what no ranking and no process needs any more."""
    purge_pools(now=timezone.now())


@shared_task(name="matching.prune_rankings", **TRANSIENT)
def prune_rankings_task() -> None:
    """Delete rankings that nothing refers to and that another replaced long ago."""
    prune_rankings(now=timezone.now())


@shared_task(name="matching.prune_rounds", **TRANSIENT)
def prune_rounds_task() -> None:
    """Delete reports of the exposure, and rounds that no list goes back to, of long ago."""
    prune_rounds(now=timezone.now())
