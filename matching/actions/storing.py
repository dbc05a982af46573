"""Storing what a run found: one row for the ranking, one for the state. Twice, late or at once on two workers: the same."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import numpy as np
from django.db import transaction
from django.db.models import BigIntegerField, Func

from employers.actions.webhooks import emit
from matching.actions.awaiting import ask_if_behind
from matching.engine import PARTS, CorruptSnapshot, PartWeights, RankingResult, VacancyQuery, pack
from matching.engine.ranking import NEAR_MISS_LIMIT
from matching.models import PoolVersion, Ranking, RankingState
from matching.queries.touched import NEAR_CODES
from matching.queries.unused import unused
from matching.rules.seen import Seen
from matching.rules.stored_query import query_text
from vacancies.enums import VacancyState
from vacancies.models import Vacancy

logger = logging.getLogger(__name__)
NO_LIMIT = 2**63 - 1
"""In `near_limits`: the list of that reason is not full, so that whoever comes is kept."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a run was made with, in the words of RankingState. `pool` keeps the pool for replays when it is needed."""

    vacancy_id: int
    version_id: int
    team_as_of: datetime
    on: date
    now: datetime
    fingerprint: str
    basis: str
    seen: int
    snapshot: str
    pool: Callable[[], PoolVersion]


@dataclass(frozen=True, slots=True)
class Run:
    """What was ranked, and what came out."""

    query: VacancyQuery
    weights: PartWeights
    top: int
    result: RankingResult


def store(run: Run | None, reading: Reading, *, problem: str = "") -> Ranking | None:
    """Note what a run found, or the problem; returns the ranking that holds then.

    Nothing is stored and None returned when the vacancy changed meanwhile: that brought its own message, or the sweep
    finds it. An older reading never replaces a newer one of the same version. An outcome that did not change is not
    stored again.
    """
    held = _state(reading.vacancy_id)
    current = held.current if held else None
    stays = run is None or bool(current and same_outcome(current, reading.version_id, run))
    if not stays:
        reading.pool()  # large at times, and so not in the transaction below, which others wait for
    return _store(run, reading, problem, current if stays else None)


@transaction.atomic
def _store(run: Run | None, reading: Reading, problem: str, same: Ranking | None) -> Ranking | None:
    """`same` was found to say the same as the run, without a lock."""
    locked = Vacancy.objects.select_for_update(no_key=True).filter(pk=reading.vacancy_id).first()
    if not locked or (locked.current_id, locked.state) != (reading.version_id, VacancyState.PUBLISHED):
        return None
    before = _state(reading.vacancy_id)
    if before and before.version_id == reading.version_id and _is_newer(before, reading):
        return before.current
    current = before.current if before else None
    if run and current != same:
        same = current if current and same_outcome(current, reading.version_id, run) else None
    if run and not same:
        current = _ranking(run, reading)
        _emit(locked, current)
    _write(before, reading, {"current": current, "problem": problem[:300], **_found(run)})
    # A round that goes by meanwhile does not see this; the next one does.
    transaction.on_commit(partial(ask_if_behind, Seen(reading.seen, reading.snapshot)))
    if before and before.current and before.current != current and before.current.on == reading.on:
        _let_go(before.current)
    return None if problem else current


def _emit(vacancy: Vacancy, ranking: Ranking) -> None:
    """Tell the employer's own systems, once until they were told."""
    facts = {"vacancy": vacancy.pk, "eligible": ranking.eligible, "input_digest": ranking.input_digest}
    subject = f"vacancy:{vacancy.pk}"
    emit(
        employer_id=vacancy.employer_id,
        event="shortlist.ranked",
        data=facts,
        now=ranking.made_at,
        subject=subject,
    )


def _state(vacancy_id: int) -> RankingState | None:
    states = RankingState.objects.select_related("current").defer("listed", "near_missed", "current__query")
    return states.filter(vacancy=vacancy_id).first()


def _write(before: RankingState | None, reading: Reading, found: dict[str, object]) -> None:
    """One statement. The vacancy is locked, so that nobody else writes this state."""
    values = {
        "version_id": reading.version_id,
        "read_at": reading.now,
        "team_as_of": reading.team_as_of,
        "on": reading.on,
        "fingerprint": reading.fingerprint,
        "basis": reading.basis,
        "people_seen": reading.seen,
        "snapshot": reading.snapshot,
        "written_in": this_transaction(),
        "waiting": False,
        **found,
    }
    if before:
        RankingState.objects.filter(pk=reading.vacancy_id).update(**values)
    else:
        RankingState.objects.create(vacancy_id=reading.vacancy_id, **values)


def _is_newer(state: RankingState, reading: Reading) -> bool:
    """Whether the state saw more of what people did."""
    return Seen(state.people_seen, state.snapshot).is_more_than(Seen(reading.seen, reading.snapshot))


def _found(run: Run | None) -> dict[str, object]:
    """What rounds need to know of a result: who is in it, and what it takes to enter."""
    if run is None:
        return {"query_digest": ""}
    result, full = run.result, len(run.result) == run.top > 0
    kept = {miss.code: miss.candidate_ids for miss in result.near_misses}
    return {
        "query_digest": result.query_digest.hex(),
        "listed": result.candidate_ids.tolist(),
        "last_score": int(result.scores[-1]) if full else None,
        "last_candidate": int(result.candidate_ids[-1]) if full else None,
        "near_missed": sorted(one for ids in kept.values() for one in ids),
        "near_limits": [_near_limit(kept.get(code, ())) for code in NEAR_CODES],
    }


def _near_limit(kept: tuple[int, ...]) -> int:
    return max(kept) if len(kept) >= NEAR_MISS_LIMIT else NO_LIMIT


def this_transaction() -> Func:
    """The id of the current transaction, the outermost one, as a number that never comes again."""
    return Func(
        function="pg_current_xact_id", template="%(function)s()::text::bigint", output_field=BigIntegerField()
    )


def _ranking(run: Run, reading: Reading) -> Ranking:
    result = run.result
    return Ranking.objects.create(
        vacancy_id=reading.vacancy_id,
        version_id=reading.version_id,
        made_at=reading.now,
        on=reading.on,
        engine_version=result.engine_version,
        tz_version=result.tz_version,
        input_digest=result.input_digest,
        pool=reading.pool(),
        query=query_text(run.query),
        weights=as_mapping(run.query.weights),
        candidate_weights=as_mapping(run.weights),
        top=run.top,
        people=result.waterfall.everyone,
        eligible=result.eligible,
        packed=pack(result),
    )


def as_mapping(weights: PartWeights) -> dict[str, int]:
    """Weights as they are stored, by part."""
    return {str(part): weight for part, weight in zip(PARTS, weights, strict=True)}


def _let_go(superseded: Ranking) -> None:
    """Of the rankings of one day the last is kept, and every one that somebody acted on: that anything refers to.

    One statement. The state is locked by having been written, and whoever acts on a ranking locks it first.
    """
    spare = unused(Ranking.objects.filter(pk=superseded.pk))
    spare._raw_delete(spare.db)


def same_outcome(ranking: Ranking, version_id: int, run: Run) -> bool:
    """Whether a new run says exactly what the stored one says: people, figures, counts, query and weights.

    New time zone data that moves nobody is no new outcome; the stored ranking keeps the version it was made with.
    A stored ranking that cannot be read any more says nothing: the new one takes its place.
    """
    try:
        stored, result = ranking.result, run.result
    except CorruptSnapshot as error:
        logger.error("ranking %s cannot be read and is replaced: %s", ranking.pk, error)
        return False
    return (
        (ranking.version_id, ranking.engine_version, ranking.top)
        == (version_id, result.engine_version, run.top)
        and ranking.candidate_weights == as_mapping(run.weights)
        and (stored.query_digest == result.query_digest or ranking.query == query_text(run.query))
        and stored.waterfall == result.waterfall
        and stored.near_misses == result.near_misses
        and all(map(partial(_same_rows, stored, result), ("candidate_ids", "fits", "contributions")))
    )


def _same_rows(stored: RankingResult, result: RankingResult, name: str) -> bool:
    return np.array_equal(getattr(stored, name), getattr(result, name))
