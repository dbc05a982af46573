"""Counterfactuals: what would change a person's outcome, found by scoring them again.

A change is applied to a pool of one row, or to the query, and judged by the same gates, fits
and score as everybody. Nothing is estimated.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching.engine import columns as spec
from matching.engine.clocks import missing_slots
from matching.engine.codes import CODES, Code, Gate
from matching.engine.fits import compute_fits
from matching.engine.gate_facts import place_of, value_of
from matching.engine.hours import unpack_masks
from matching.engine.parts import Part, PartWeights
from matching.engine.pool import Pool
from matching.engine.query import PlaceTerms, VacancyQuery
from matching.engine.score import score
from matching.engine.screening import screen
from matching.engine.sparse import LanguageColumn, LocalityColumn, SkillColumn

CENT = 100
PAY_STEP = 5_000
"""EUR 0.50 an hour: the raise that an explanation tries."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change, and what it would lead to.

    kind: what changes (see the function that makes it). gate: the gate it answers, None for an
    improvement of somebody eligible. details: figures, JSON-ready. next_code: the first reason
    that would remain, None = eligible. score: total after the change, None while not eligible.
    gain: score after minus score before, None unless eligible both times.
    """

    kind: str
    gate: Gate | None
    details: dict[str, Any]
    next_code: Code | None
    score: int | None
    gain: int | None


def outcome_of(person: Pool, query: VacancyQuery, weights: PartWeights) -> tuple[Code | None, int | None]:
    """First reason (None = eligible) and total score (None = not eligible) of one row."""
    screening = screen(person, query)
    number = int(screening.first_reasons[0])
    if number:
        return CODES[number - 1], None
    fits = compute_fits(person, query, screening.eligible, screening.hours, screening.places)
    scores = score(fits, query.effective(query.weights), query.effective(weights))
    return None, int(scores.total[0])


def remedies(
    person: Pool, query: VacancyQuery, weights: PartWeights, failed: dict[Gate, Code]
) -> tuple[Change, ...]:
    """For each gate failed: what it takes to pass it, and what that alone would lead to."""
    found = []
    for gate, code in failed.items():
        kind, details, changed, asked = _remedy(gate, code, person, query)
        if changed is None:
            found.append(Change(kind, gate, details, code, None, None))
            continue
        next_code, total = outcome_of(changed, asked, weights)
        found.append(Change(kind, gate, details, next_code, total, None))
    return tuple(found)


def improvements(person: Pool, query: VacancyQuery, weights: PartWeights, current: int) -> tuple[Change, ...]:
    """Single steps that would raise an eligible person's score, the largest gain first."""
    found = []
    for kind, details, changed, asked in _steps(person, query):
        next_code, total = outcome_of(changed, asked, weights)
        gain = None if total is None else total - current
        found.append(Change(kind, None, details, next_code, total, gain))
    useful = [change for change in found if change.gain is not None and change.gain > 0]
    return tuple(sorted(useful, key=lambda change: (-(change.gain or 0), change.kind)))


Remedy = tuple[str, dict[str, Any], Pool | None, VacancyQuery]


def _remedy(gate: Gate, code: Code, person: Pool, query: VacancyQuery) -> Remedy:
    if gate == Gate.LISTED:
        days = person.earliest_start_day
        changed = replace(
            person,
            listing=person.listing | np.uint8(spec.AGREED | spec.AVAILABLE),
            earliest_start_day=np.minimum(days, np.int32(query.start_day)),
        )
        return "be_listed_and_available", {"start_day": query.start_day}, changed, query
    if gate == Gate.CONTRACT_FORM:
        forms = person.contract_forms | np.uint8(query.contract_form)
        details = {"contract_form": query.contract_form}
        return "accept_contract_form", details, replace(person, contract_forms=forms), query
    if gate == Gate.COUNTRY:
        country, region = place_of(person)
        return "hire_in_place", {"country": country, "region": region}, None, query
    if gate == Gate.RIGHT_TO_WORK:
        until = np.full(1, query.end_day, dtype=np.int32)
        changed = replace(person, right_to_work_until_day=until)
        return "extend_right_to_work", {"until_day": query.end_day}, changed, query
    if gate == Gate.LANGUAGE:
        return _measure_languages(person, query)
    if gate == Gate.SKILLS:
        return _measure_skills(person, query)
    if gate == Gate.PAY:
        return _meet_pay(code, person, query)
    return _widen_hours(code, person, query)


def _measure_languages(person: Pool, query: VacancyQuery) -> Remedy:
    changed, needed = person, []
    for need in query.languages:
        if value_of(person, "languages", need.code, "measured_level") < need.level:
            changed = with_language(changed, need.code, need.level)
            needed.append({"code": need.code, "level": need.level})
    return "measure_languages", {"languages": needed}, changed, query


def _measure_skills(person: Pool, query: VacancyQuery) -> Remedy:
    changed, needed = person, []
    for need in query.must_skills:
        if value_of(person, "skills", need.code, "measured") < need.minimum:
            changed = with_skill(changed, need.code, need.minimum)
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
        low = max(above_law, -(-terms.other_floor // CENT) * CENT)
    high = max(low, terms.offer_high, int(person.minimum_pay[0]))
    raised = replace(terms, offer_low=low, offer_high=high)
    details = {"offer_low": low, "offer_high": high}
    return "raise_offer", details, person, with_terms(query, raised)


def _widen_hours(code: Code, person: Pool, query: VacancyQuery) -> Remedy:
    if code in (Code.FEWER_HOURS, Code.MORE_HOURS):
        hours = np.array([query.hours_week], dtype=np.int16)
        changed = replace(
            person,
            hours_min=np.minimum(person.hours_min, hours),
            hours_max=np.maximum(person.hours_max, hours),
        )
        return "accept_hours", {"hours_week": query.hours_week}, changed, query
    missing = missing_slots(query, person)
    available = unpack_masks(person.week_masks[person.availability_code])[0] | missing
    masks = [np.packbits(available, bitorder="little")[None]]
    preferred = np.full(1, -1, dtype=np.int32)
    if person.preferred_code[0] >= 0:
        masks.append(person.week_masks[person.preferred_code])
        preferred[0] = 1
    changed = replace(
        person,
        week_masks=np.concatenate(masks),
        availability_code=np.zeros(1, dtype=np.int32),
        preferred_code=preferred,
    )
    details = {"missing_slots": np.flatnonzero(missing).tolist()}
    return "widen_availability", details, changed, query


def _steps(person: Pool, query: VacancyQuery) -> Iterator[tuple[str, dict[str, Any], Pool, VacancyQuery]]:
    for need in query.languages + query.nice_languages:
        level = value_of(person, "languages", need.code, "measured_level")
        if level < 6:
            higher = max(level + 1, need.level)
            details = {"code": need.code, "level": higher}
            yield "raise_language", details, with_language(person, need.code, higher), query
    codes = [need.code for need in query.must_skills] + [w.code for w in query.wanted_skills]
    for code in codes:
        level = value_of(person, "skills", code, "measured")
        if level < 3:
            raised = with_skill(person, code, level + 1)
            yield "raise_skill", {"code": code, "measured": level + 1}, raised, query
    if Part.CULTURE in query.asked_parts and query.locality_wanted:
        countries = {one.country for one in query.team_countries + query.customer_countries}
        for country in sorted(countries):
            yield "pass_etiquette", {"country": country}, with_etiquette(person, country), query
    terms = query.terms_for(place_of(person))
    if terms is not None and terms.offer_high + PAY_STEP <= spec.MAX_PAY:
        low, high = terms.offer_low + PAY_STEP, terms.offer_high + PAY_STEP
        raised_terms = replace(terms, offer_low=low, offer_high=high)
        yield "raise_offer", {"by": PAY_STEP}, person, with_terms(query, raised_terms)


def with_language(person: Pool, code: str, level: int) -> Pool:
    """One row with that language measured at `level`, its ability not known more exactly."""
    claimed = value_of(person, "languages", code, "claimed_level")
    column = LanguageColumn(
        rows=np.zeros(1, dtype=np.int32),
        measured_level=np.array([level], dtype=np.int8),
        claimed_level=np.array([claimed], dtype=np.int8),
        theta=np.zeros(1, dtype=np.int16),
        standard_error=np.zeros(1, dtype=np.int16),
    )
    return replace(person, languages={**person.languages, code: column})


def with_skill(person: Pool, code: str, level: int) -> Pool:
    """One row with that skill measured at `level`."""
    stated = value_of(person, "skills", code, "stated")
    column = SkillColumn(
        rows=np.zeros(1, dtype=np.int32),
        measured=np.array([level], dtype=np.int8),
        stated=np.array([stated], dtype=np.int8),
    )
    return replace(person, skills={**person.skills, code: column})


def with_etiquette(person: Pool, country: str) -> Pool:
    """One row with that country's etiquette test passed."""
    bits = value_of(person, "localities", country, "evidence") | spec.ETIQUETTE_PASSED
    column = LocalityColumn(rows=np.zeros(1, dtype=np.int32), evidence=np.array([bits], dtype=np.uint8))
    return replace(person, localities={**person.localities, country: column})


def with_terms(query: VacancyQuery, terms: PlaceTerms) -> VacancyQuery:
    """The query with other terms for that very place."""
    key = (terms.country, terms.region)
    others = tuple(t for t in query.places if (t.country, t.region) != key)
    return replace(query, places=(*others, terms))
