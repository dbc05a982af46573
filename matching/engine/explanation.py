"""Why a person stands where they stand: the same facts for the employer and for the person."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.engine.changes import Change, improvements, remedies
from matching.engine.clocks import WeekInTwoClocks, weeks_in_two_clocks
from matching.engine.codes import GATES, SOFT, Code, Gate
from matching.engine.fits import compute_fits, group_fits
from matching.engine.gate_facts import Facts, facts_of_gate
from matching.engine.gates import ONE_ROW, judge_each
from matching.engine.hours import HoursFacts
from matching.engine.part_facts import facts_of_part
from matching.engine.parts import PARTS, Part, PartWeights
from matching.engine.place_table import place_table
from matching.engine.pool import Pool
from matching.engine.proofs import NONE_KNOWN, Proofs
from matching.engine.query import VacancyQuery
from matching.engine.scale import Ints, apportion
from matching.engine.score import Scores, contributions, score
from matching.engine.standing import Standing
from matching.engine.version import ENGINE_VERSION
from matching.engine.weights import CANDIDATE_WEIGHTS
from matching.engine.zones import tz_version


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """One gate. `open`: failed only for something not measured or confirmed yet."""

    gate: Gate
    passed: bool
    open: bool
    code: Code | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class PartOutcome:
    """One part. fit, weights and contribution in 1/10**7; both sides' weights add up to 10**7.

    asked: False where the vacancy does not ask for the part; then all figures are 0.
    """

    part: Part
    asked: bool
    fit: int
    employer_weight: int
    candidate_weight: int
    contribution: int
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything about one person and one vacancy.

    eligible: all gates passed. near_miss: only open questions are in the way. code: the reason
    counted in the waterfall. score, employer_score, candidate_score: 1/10**7; for somebody not
    eligible they are what the parts would give, and never place them in a ranking.
    weeks: every distinct week of the contract in both clocks, the most frequent first.
    changes: what it takes to pass a failed gate, or what would raise the score; see `changes.py`.
    """

    candidate_id: int
    eligible: bool
    near_miss: bool
    code: Code | None
    gates: tuple[GateOutcome, ...]
    parts: tuple[PartOutcome, ...]
    score: int
    employer_score: int
    candidate_score: int
    weeks: tuple[WeekInTwoClocks, ...]
    changes: tuple[Change, ...]
    engine_version: str = ENGINE_VERSION
    tz_version: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings, numbers: ready for JSON."""
        return asdict(self)


def explain(
    pool: Pool,
    query: VacancyQuery,
    candidate_id: int,
    weights: PartWeights = CANDIDATE_WEIGHTS,
    *,
    standing: Standing | None = None,
    with_changes: bool = True,
    proofs: Proofs = NONE_KNOWN,
) -> Explanation:
    """Judge one candidate at every gate, whatever the one before said.

    `standing`: the ranking in which changes are given a place. Without `with_changes` there are none, which spares
    scoring the person again dozens of times. `proofs`: what measurements prove besides themselves. Raises `UnknownCandidate`.
    """
    person = pool.one(candidate_id)
    judged = _judge(person, query, ONE_ROW, weights)
    told = _told(person, query, weights, judged, 0)
    if not with_changes:
        return told
    failed = judged.failed[0]
    changes = (
        remedies(person, query, weights, failed, standing, proofs)
        if failed
        else improvements(person, query, weights, told.score, standing, proofs)
    )
    return replace(told, changes=changes)


def explain_everybody(
    pool: Pool, query: VacancyQuery, weights: PartWeights = CANDIDATE_WEIGHTS
) -> dict[int, Explanation]:
    """What `explain` says of each person of a small pool without changes, by id: judged all together."""
    judged = _judge(pool, query, np.arange(len(pool), dtype=np.intp), weights)
    ids = pool.candidate_id.tolist()
    return {one: _told(pool.one(one), query, weights, judged, at) for at, one in enumerate(ids)}


@dataclass(frozen=True, slots=True)
class _Judged:
    """What gates and parts say of m people, in the order of their rows; `added`: contributions (m, 7)."""

    failed: list[dict[Gate, Code]]
    hours: HoursFacts
    fits: Ints
    scores: Scores
    added: Ints


def _judge(pool: Pool, query: VacancyQuery, rows: npt.NDArray[np.intp], weights: PartWeights) -> _Judged:
    places = place_table(query, pool.places)
    failed, hours = judge_each(pool, query, rows, places)
    fits = compute_fits(pool, query, rows, group_fits(pool, query, rows, hours, places))
    sides = query.effective(query.weights), query.effective(weights)
    return _Judged(failed, hours, fits, score(fits, *sides), contributions(fits, *sides))


def _told(person: Pool, query: VacancyQuery, weights: PartWeights, judged: _Judged, at: int) -> Explanation:
    """Everything but changes about the only person of a pool, who is the one at that place of `judged`."""
    failed, hours = judged.failed[at], judged.hours.at(np.array([at], dtype=np.intp))
    weeks = weeks_in_two_clocks(query, person)
    return Explanation(
        candidate_id=int(person.candidate_id[0]),
        eligible=not failed,
        near_miss=bool(failed) and all(code in SOFT for code in failed.values()),
        code=next(iter(failed.values()), None),
        gates=tuple(
            _gate(gate, failed.get(gate), facts_of_gate(gate, person, query, hours, weeks)) for gate in GATES
        ),
        parts=_parts(person, query, weights, judged.fits[at].tolist(), judged.added[at].tolist(), hours),
        score=int(judged.scores.total[at]),
        employer_score=int(judged.scores.employer[at]),
        candidate_score=int(judged.scores.candidate[at]),
        weeks=weeks,
        changes=(),
        tz_version=tz_version(),
    )


def _parts(
    person: Pool,
    query: VacancyQuery,
    weights: PartWeights,
    fits: Sequence[int],
    added: Sequence[int],
    hours: HoursFacts,
) -> tuple[PartOutcome, ...]:
    """What each part of one person gives, in both sides' weights."""
    sides = (apportion(query.effective(query.weights)), apportion(query.effective(weights)))
    return tuple(
        PartOutcome(
            part=part,
            asked=part in query.asked_parts,
            fit=fits[i],
            employer_weight=sides[0][i],
            candidate_weight=sides[1][i],
            contribution=added[i],
            facts=facts_of_part(part, person, query, hours),
        )
        for i, part in enumerate(PARTS)
    )


def _gate(gate: Gate, code: Code | None, facts: Facts) -> GateOutcome:
    return GateOutcome(gate, code is None, code in SOFT, code, facts)
