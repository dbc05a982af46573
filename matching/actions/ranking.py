"""Making rankings: read, rank, store what changed. Doing it twice, or at once on two workers, ends the same."""

import logging
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import transaction

from matching.engine import PARTS, InvalidQuery, RankingResult, VacancyQuery, pack, rank
from matching.models import Ranking, RankingState
from matching.queries.compiled import Team, compile_query
from matching.queries.freshness import Fingerprint, fingerprint, stale_vacancies
from matching.queries.held_pool import held_pool
from reference.rules.rates import NoRate
from vacancies.content import content_of
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies, with_version_rows

logger = logging.getLogger(__name__)

KEPT = 500
"""People kept of a ranking, best first."""


class UnableToRank(Exception):
    """The vacancy's facts cannot be compiled into a query; the message names the fact."""


def refresh_ranking(*, vacancy_id: int, today: date, now: datetime) -> Ranking | None:
    """Rank a published vacancy against everyone and make it its current ranking.

    Returns the ranking that holds afterwards: the stored one when the outcome did not change. None when the
    vacancy is not published (any more) or changed while it was being ranked; then its own message or the sweep
    ranks it again. Raises UnableToRank.
    """
    seen, reading = held_pool(today, now)
    vacancy = (
        with_version_rows(published_vacancies())
        .prefetch_related("employer__staff")
        .filter(pk=vacancy_id)
        .first()
    )
    if vacancy is None or vacancy.current is None:
        return None
    try:
        query = compile_query(content_of(vacancy.current), Team.of(vacancy.employer), today)
    except (InvalidQuery, NoRate) as error:
        raise UnableToRank(f"vacancy {vacancy_id}: {error}") from error
    return _store(vacancy, query, rank(reading.pool, query, top=KEPT), seen=seen, today=today, now=now)


def refresh_stale(*, today: date, now: datetime) -> int:
    """Rank every published vacancy whose ranking no longer fits what is known; returns how many were looked at."""
    ids = list(stale_vacancies(fingerprint(today)).values_list("pk", flat=True))
    for vacancy_id in ids:
        try:
            refresh_ranking(vacancy_id=vacancy_id, today=today, now=now)
        except UnableToRank as error:
            logger.warning("not ranked: %s", error)
    return len(ids)


@transaction.atomic
def _store(
    vacancy: Vacancy,
    query: VacancyQuery,
    result: RankingResult,
    *,
    seen: Fingerprint,
    today: date,
    now: datetime,
) -> Ranking | None:
    locked = Vacancy.objects.select_for_update(of=("self",)).get(pk=vacancy.pk)
    if locked.current_id != vacancy.current_id or locked.state != vacancy.state:
        return None
    state, made = RankingState.objects.select_related("current").get_or_create(
        vacancy=locked, defaults={"read_at": now, "fingerprint": str(seen)}
    )
    if not made and state.read_at > now:
        return state.current
    if state.current is None or not same_outcome(state.current, vacancy.current_id, result):
        state.current = _ranking(vacancy, query, result, today=today, now=now)
    state.read_at, state.fingerprint = now, str(seen)
    state.save(update_fields=["current", "read_at", "fingerprint"])
    return state.current


def _ranking(
    vacancy: Vacancy, query: VacancyQuery, result: RankingResult, *, today: date, now: datetime
) -> Ranking:
    weights: dict[str, Any] = {str(part): weight for part, weight in zip(PARTS, query.weights, strict=True)}
    return Ranking.objects.create(
        vacancy=vacancy,
        version=vacancy.current,
        made_at=now,
        on=today,
        engine_version=result.engine_version,
        tz_version=result.tz_version,
        input_digest=result.input_digest,
        weights=weights,
        people=result.waterfall.everyone,
        eligible=result.eligible,
        packed=pack(result),
    )


def same_outcome(ranking: Ranking, version_id: int | None, result: RankingResult) -> bool:
    """Whether a new run says exactly what the stored one says: people, figures, counts, query and versions."""
    stored = ranking.result
    return (
        ranking.version_id == version_id
        and stored.query_digest == result.query_digest
        and stored.waterfall == result.waterfall
        and stored.near_misses == result.near_misses
        and np.array_equal(stored.candidate_ids, result.candidate_ids)
        and np.array_equal(stored.fits, result.fits)
        and np.array_equal(stored.contributions, result.contributions)
    )
