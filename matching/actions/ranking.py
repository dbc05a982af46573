"""Making rankings: read, rank, store what changed. Doing it twice, or at once on two workers, ends the same."""

import logging
from datetime import date, datetime

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.deletion import ProtectedError, RestrictedError

from common.queue import enqueue
from matching.actions.one_at_a_time import one_at_a_time
from matching.engine import PARTS, InvalidQuery, RankingResult, VacancyQuery, pack, rank
from matching.models import Ranking, RankingState
from matching.queries.freshness import fingerprint, stale_vacancies
from matching.queries.known import Known, known
from matching.rules.overlay import LAST_PLACE
from reference.rules.rates import NoRate
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies, with_version_rows

logger = logging.getLogger(__name__)


def refresh_ranking(*, vacancy_id: int, today: date, now: datetime) -> Ranking | None:
    """Rank a published vacancy against everyone and make it its current ranking.

    Returns the ranking that holds afterwards: the stored one when the outcome did not change. None when the vacancy
    is not published (any more), cannot be ranked (its state says why), or changed while it was being ranked; then
    its own message or the sweep ranks it again.
    """
    vacancy = _to_rank(published_vacancies()).filter(pk=vacancy_id).first()
    return _refresh(vacancy, known(today), now) if vacancy else None


def refresh_stale(*, today: date, now: datetime) -> int:
    """Rank every published vacancy whose ranking no longer fits what is known; returns how many were looked at.

    One process at a time: however many people change in a row, everything is ranked once for all of them. A process
    that finds another at it leaves, and the other looks again after letting go, so that no change is left behind.
    """
    looked_at = 0
    with one_at_a_time("matching.refresh_stale") as mine:
        if not mine:
            return 0
        known_now = known(today)
        for vacancy in _to_rank(stale_vacancies(known_now.fingerprint)):
            _refresh(vacancy, known_now, now)
            looked_at += 1
    if fingerprint(today) != known_now.fingerprint:
        enqueue("matching.sweep_rankings")
    return looked_at


def _to_rank(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    return with_version_rows(vacancies).prefetch_related("employer__staff")


def _refresh(vacancy: Vacancy, with_what: Known, now: datetime) -> Ranking | None:
    try:
        query = with_what.facts.query_of(vacancy)
    except (InvalidQuery, NoRate) as error:
        logger.warning("vacancy %s cannot be ranked: %s", vacancy.pk, error)
        return _store(vacancy, None, with_what, now, problem=str(error))
    return _store(vacancy, (query, rank(with_what.pool, query, top=LAST_PLACE)), with_what, now)


@transaction.atomic
def _store(
    vacancy: Vacancy,
    run: tuple[VacancyQuery, RankingResult] | None,
    with_what: Known,
    now: datetime,
    *,
    problem: str = "",
) -> Ranking | None:
    """Note what the run found, unless the vacancy changed meanwhile or a later reading was stored already."""
    assert vacancy.current is not None
    locked = Vacancy.objects.select_for_update(no_key=True).get(pk=vacancy.pk)
    if (locked.current_id, locked.state) != (vacancy.current_id, vacancy.state):
        return None
    before = RankingState.objects.select_related("current").filter(vacancy=locked).first()
    if before and before.read_at > now:
        return before.current
    current = before.current if before else None
    if run and not (current and same_outcome(current, vacancy.current_id, run[1])):
        current = _ranking(vacancy, *run, on=with_what.facts.on, now=now)
    RankingState.objects.update_or_create(
        vacancy=locked,
        defaults={
            "version": vacancy.current,
            "current": current,
            "read_at": now,
            "team_as_of": vacancy.employer.facts_changed_at,
            "fingerprint": with_what.fingerprint,
            "problem": problem[:300],
        },
    )
    if before and before.current and before.current != current:
        _let_go(before.current, with_what.facts.on)
    return None if problem else current


def _ranking(
    vacancy: Vacancy, query: VacancyQuery, result: RankingResult, *, on: date, now: datetime
) -> Ranking:
    assert vacancy.current is not None
    return Ranking.objects.create(
        vacancy=vacancy,
        version=vacancy.current,
        made_at=now,
        on=on,
        engine_version=result.engine_version,
        tz_version=result.tz_version,
        input_digest=result.input_digest,
        weights={str(part): weight for part, weight in zip(PARTS, query.weights, strict=True)},
        people=result.waterfall.everyone,
        eligible=result.eligible,
        packed=pack(result),
    )


def _let_go(superseded: Ranking, on: date) -> None:
    """Of the rankings of one day the last is kept, and every one that somebody acted on."""
    if superseded.on != on:
        return
    try:
        with transaction.atomic():
            superseded.delete()
    except (RestrictedError, ProtectedError):
        logger.debug("ranking %s is kept: somebody acted on it", superseded.pk)


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
