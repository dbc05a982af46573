"""Counterfactuals: what would change a person's outcome, found by scoring them again.

A change is applied to a pool of one row, or to the query, and judged by the same gates, fits
and score as everybody. Nothing is estimated. The place that a change leads to is counted among
the scores of the stored ranking, all others unchanged.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from matching.engine import columns as spec
from matching.engine.clocks import blocks_of, own_week, touched_slots
from matching.engine.codes import Code, Gate
from matching.engine.fits import compute_fits, group_fits
from matching.engine.gate_facts import place_of, value_of
from matching.engine.gates import ONE_ROW, Rows, judge_hours, judge_one
from matching.engine.levers import (
    Lever,
    extensions,
    levers,
    with_language,
    with_skill,
    with_terms,
    with_week,
    without_reservation,
)
from matching.engine.parts import PartWeights
from matching.engine.place_table import place_table
from matching.engine.pool import Pool
from matching.engine.proofs import Proofs
from matching.engine.query import VacancyQuery
from matching.engine.score import score
from matching.engine.standing import Standing
from matching.engine.week_minutes import Bits

CENT = 100
PLACES_AHEAD: Final = 10
"""How many places a step is followed upwards."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change, and what it would lead to.

    kind: what changes (see the function that makes it). gate: the gate it answers, None for an
    improvement of somebody eligible. details: figures, JSON-ready. next_code: the first reason
    that would remain, None = eligible. score: total after the change, None while not eligible.
    gain: score after minus score before, None unless eligible both times. place: where that
    score would stand in the ranking given, None where that is not known, or where the change is
    the vacancy's and would move everybody. own: the person can do it.
    """

    kind: str
    gate: Gate | None
    details: dict[str, Any]
    next_code: Code | None
    score: int | None
    gain: int | None
    place: int | None = None
    own: bool = True


def outcome_of(person: Pool, query: VacancyQuery, weights: PartWeights) -> tuple[Code | None, int | None]:
    """First reason (None = eligible) and total score (None = not eligible) of one row."""
    places = place_table(query, person.places)
    failed, hours = judge_one(person, query, places)
    if failed:
        return next(iter(failed.values())), None
    by_group = group_fits(person, query, ONE_ROW, hours, places)
    fits = compute_fits(person, query, ONE_ROW, by_group)
    scores = score(fits, query.effective(query.weights), query.effective(weights))
    return None, int(scores.total[0])


VACANCYS_OWN: Final = frozenset({"hire_in_place", "confirm_floor_below_offer", "raise_offer"})


def remedies(
    person: Pool,
    query: VacancyQuery,
    weights: PartWeights,
    failed: dict[Gate, Code],
    standing: Standing | None,
    proofs: Proofs,
) -> tuple[Change, ...]:
    """For each gate failed: the smallest thing tried that answers its reason, and what that alone would lead to.

    The hours gate asks twice, for hours a week and for when they lie: who fails both reads first of the hours a week.
    """
    found = []
    for gate, code in failed.items():
        kind, details, changed, asked = _remedy(gate, code, person, query, proofs)
        own = kind not in VACANCYS_OWN
        if changed is None:
            found.append(Change(kind, gate, details, code, None, None, None, own))
            continue
        next_code, total = outcome_of(changed, asked, weights)
        place = _place(person, total, standing) if own else None
        found.append(Change(kind, gate, details, next_code, total, None, place, own))
    return tuple(found)


def improvements(
    person: Pool,
    query: VacancyQuery,
    weights: PartWeights,
    current: int,
    standing: Standing | None,
    proofs: Proofs,
) -> tuple[Change, ...]:
    """Single steps that would raise an eligible person's score, by the place reached, then by the gain.

    Of each lever the smallest step that reaches a better place (that gains anything, where none does), and the one
    that reaches furthest within the next ten places.
    """
    found: list[Change] = []
    for lever in levers(person, query, proofs):
        found += _useful(lever, person, weights, current, standing)
    last = 10**9
    return tuple(sorted(found, key=lambda one: (one.place or last, -(one.gain or 0), one.kind)))


def _useful(
    lever: Lever, person: Pool, weights: PartWeights, current: int, standing: Standing | None
) -> list[Change]:
    now = _place(person, current, standing)
    gaining: Change | None = None
    lifting: list[Change] = []
    for step in lever.steps:
        next_code, total = outcome_of(step.person, step.query, weights)
        if total is None or total <= current:
            continue
        place = _place(person, total, standing) if lever.own else None
        change = Change(lever.kind, None, step.details, next_code, total, total - current, place, lever.own)
        gaining = gaining or change
        reached = lifting[-1].place if lifting else now
        if place is not None and (reached is None or place < reached):
            lifting.append(change)
        if place == 1 or (place and now and now - place >= PLACES_AHEAD):
            break
    if lifting:
        return lifting[:1] + lifting[1:][-1:]
    return [gaining] if gaining else []


def _place(person: Pool, total: int | None, standing: Standing | None) -> int | None:
    if total is None or standing is None:
        return None
    return standing.place_of(int(person.candidate_id[0]), total)


Remedy = tuple[str, dict[str, Any], Pool | None, VacancyQuery]


def _remedy(gate: Gate, code: Code, person: Pool, query: VacancyQuery, proofs: Proofs) -> Remedy:
    if code == Code.RESERVED:
        details = {"sector": query.sector, "start_day": query.start_day}
        return "lift_reservation", details, without_reservation(person, query), query
    if gate == Gate.LISTED:
        days = person.earliest_start_day
        changed = person.having(
            listing=person.listing | np.uint8(spec.AGREED | spec.AVAILABLE),
            earliest_start_day=np.minimum(days, np.int32(query.start_day)),
        )
        return "be_listed_and_available", {"start_day": query.start_day}, changed, query
    if gate == Gate.CONTRACT_FORM:
        forms = person.contract_forms | np.uint8(query.contract_form)
        details = {"contract_form": query.contract_form}
        return "accept_contract_form", details, person.having(contract_forms=forms), query
    if gate == Gate.COUNTRY:
        country, region = place_of(person)
        return "hire_in_place", {"country": country, "region": region}, None, query
    if gate == Gate.RIGHT_TO_WORK:
        until = np.full(1, query.end_day, dtype=np.int32)
        changed = person.having(right_to_work_until_day=until)
        return "extend_right_to_work", {"until_day": query.end_day}, changed, query
    if gate == Gate.LANGUAGE:
        return _measure_languages(person, query, proofs)
    if gate == Gate.SKILLS:
        return _measure_skills(person, query, proofs)
    if gate == Gate.PAY:
        return _meet_pay(code, person, query)
    return _widen_hours(code, person, query)


def _measure_languages(person: Pool, query: VacancyQuery, proofs: Proofs) -> Remedy:
    changed, needed = person, []
    for need in query.languages:
        if value_of(person, "languages", need.code, "measured_level") < need.level:
            changed = with_language(changed, need.code, need.level, proofs)
            needed.append({"code": need.code, "level": need.level})
    return "measure_languages", {"languages": needed}, changed, query


def _measure_skills(person: Pool, query: VacancyQuery, proofs: Proofs) -> Remedy:
    changed, needed = person, []
    for need in query.must_skills:
        if value_of(person, "skills", need.code, "measured") < need.minimum:
            changed = with_skill(changed, need.code, need.minimum, proofs)
            needed.append({"code": need.code, "minimum": need.minimum})
    return "measure_skills", {"skills": needed}, changed, query


def _meet_pay(code: Code, person: Pool, query: VacancyQuery) -> Remedy:
    terms = query.terms_for(place_of(person))
    if terms is None:
        return "hire_in_place", {}, None, query
    if code == Code.FLOOR_UNKNOWN:
        settled = replace(terms, floor_known=True, legal_floor=0, other_floor=0)
        details = {"below": terms.offer_low}
        return "confirm_floor_below_offer", details, person, with_terms(query, settled)
    low = terms.offer_low
    if code == Code.BELOW_FLOOR:
        above_law = (terms.legal_floor // CENT + 1) * CENT
        low = max(above_law, _whole_cents(terms.other_floor))
    high = max(low, terms.offer_high, _whole_cents(int(person.minimum_pay[0])))
    raised = replace(terms, offer_low=low, offer_high=high)
    details = {"offer_low": low, "offer_high": high}
    return "raise_offer", details, person, with_terms(query, raised)


def _whole_cents(amount: int) -> int:
    """No offer is made in parts of a cent: the lowest that reaches the amount."""
    return -(-amount // CENT) * CENT


def _widen_hours(code: Code, person: Pool, query: VacancyQuery) -> Remedy:
    """The smallest extension that passes the gate alone: on one side, on both, else as many missing hours as it takes."""
    if code in (Code.FEWER_HOURS, Code.MORE_HOURS):
        hours = np.array([query.hours_week], dtype=np.int16)
        changed = person.having(
            hours_min=np.minimum(person.hours_min, hours),
            hours_max=np.maximum(person.hours_max, hours),
        )
        return "accept_hours", {"hours_week": query.hours_week}, changed, query
    available, _preferred = own_week(person)
    only_hours = with_week(person, available, None)
    tried = [step for side in ("earlier", "later") for step in extensions(only_hours, query, side)]
    tried.sort(key=lambda step: (step.details["minutes"], _minutes(step.details["blocks"])))
    for step in [*tried, *extensions(only_hours, query, "both")]:
        if _hours_pass(step.person, query):
            extended, _none = own_week(step.person)
            return "extend_hours", step.details, _with_more(person, extended), query
    missing = _as_many_as_it_takes(only_hours, query, touched_slots(query, person) & ~available)
    details = {
        "minutes": int(missing.sum()) * spec.SLOT_MINUTES,
        "blocks": [list(b) for b in blocks_of(missing)],
    }
    return "widen_availability", details, _with_more(person, available | missing), query


def _as_many_as_it_takes(person: Pool, query: VacancyQuery, missing: Bits) -> Bits:
    """Missing hours without the days that the gate passes without, the last first; then the last one cut short."""
    available, _preferred = own_week(person)

    def passes(slots: Bits) -> bool:
        return _hours_pass(with_week(person, available | slots, None), query)

    blocks = [np.arange(start, stop) for start, stop in _runs(missing)]
    for block in reversed(blocks.copy()):
        others = [one for one in blocks if one is not block]
        if passes(_slots(others)):
            blocks = others
    if not blocks or not passes(_slots(blocks)):
        return missing
    *whole, last = blocks
    enough = bisect_left(range(len(last)), True, key=lambda size: passes(_slots([*whole, last[:size]])))
    return _slots([*whole, last[:enough]])


def _runs(slots: Bits) -> list[tuple[int, int]]:
    return [
        ((weekday * 1440 + start) // spec.SLOT_MINUTES, (weekday * 1440 + end) // spec.SLOT_MINUTES)
        for weekday, start, end in blocks_of(slots)
    ]


def _slots(blocks: Iterable[Rows]) -> Bits:
    slots = np.zeros(spec.SLOTS_A_WEEK, dtype=np.bool_)
    for block in blocks:
        slots[block] = True
    return slots


def _minutes(blocks: Iterable[list[int]]) -> int:
    return sum(end - start for _weekday, start, end in blocks)


def _with_more(person: Pool, available: Bits) -> Pool:
    """More hours available; what the person likes stays as it is."""
    return with_week(person, available, own_week(person)[1])


def _hours_pass(person: Pool, query: VacancyQuery) -> bool:
    """Whether the calendar allows the work, whatever the other gates say."""
    _reasons, facts = judge_hours(person, query, ONE_ROW)
    return int(facts.shortfall[0]) == 0 and int(facts.must_shortfall[0]) == 0
