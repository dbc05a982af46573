"""Making a ranking: read, rank, store what changed; in this process, or on as many as there are."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from django.conf import settings

from matching.actions.shards import start_job
from matching.actions.storing import Reading, Run, store
from matching.engine import CANDIDATE_WEIGHTS, InvalidQuery, rank
from matching.models import PoolVersion, Ranking
from matching.queries.known import Known, known
from matching.queries.pool_files import keep
from matching.queries.waiting import to_rank
from matching.rules.overlay import LAST_PLACE
from reference.rules.rates import NoRate
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies

logger = logging.getLogger(__name__)


def refresh_ranking(*, vacancy_id: int, today: date, now: datetime) -> Ranking | None:
    """Rank a published vacancy against everyone and make it its current ranking.

    Returns the ranking that holds afterwards: the stored one when the outcome did not change. None when the vacancy
    is not published (any more), cannot be ranked (its state says why), changed while it was being ranked, or is being
    ranked in shards, the last of which stores it.
    """
    vacancy = to_rank(published_vacancies()).filter(pk=vacancy_id).first()
    return rank_vacancy(vacancy=vacancy, known_now=known(today), now=now) if vacancy else None


def rank_vacancy(*, vacancy: Vacancy, known_now: Known, now: datetime) -> Ranking | None:
    """As `refresh_ranking`, for a vacancy read with all that ranking needs, with what is known already."""
    reading = _reading(vacancy, known_now, now)
    try:
        query = known_now.facts.query_of(vacancy)
    except (InvalidQuery, NoRate) as error:
        logger.warning("vacancy %s cannot be ranked: %s", vacancy.pk, error)
        return store(None, reading, problem=str(error))
    if settings.RANKING_SHARDS > 1:
        start_job(query=query, weights=CANDIDATE_WEIGHTS, top=LAST_PLACE, reading=reading)
        return None
    result = rank(known_now.pool, query, CANDIDATE_WEIGHTS, LAST_PLACE, threads=settings.RANKING_THREADS)
    return store(Run(query, CANDIDATE_WEIGHTS, LAST_PLACE, result), reading)


def _reading(vacancy: Vacancy, known_now: Known, now: datetime) -> Reading:
    assert vacancy.current is not None
    return Reading(
        vacancy_id=vacancy.pk,
        version_id=vacancy.current.pk,
        team_as_of=vacancy.employer.facts_changed_at,
        on=known_now.facts.on,
        now=now,
        fingerprint=known_now.facts.fingerprint,
        basis=known_now.held.basis,
        seen=known_now.seen,
        snapshot=known_now.held.moment.snapshot,
        pool=_kept(known_now, now),
    )


def _kept(known_now: Known, now: datetime) -> Callable[[], PoolVersion]:
    @cache
    def version() -> PoolVersion:
        return keep(known_now.held, now=now)

    return version
