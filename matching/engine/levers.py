"""What one person could change, each as steps from small to large: what explanations try.

Nobody is told to ask for less pay, to answer otherwise about themselves, or to work for years
first: a lever is a test, evidence, hours or terms. What only the vacancy can change is marked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from matching.engine import columns as spec
from matching.engine.clocks import blocks_of, own_week, touched_slots
from matching.engine.gate_facts import place_of, value_of
from matching.engine.parts import Part
from matching.engine.pool import Pool
from matching.engine.proofs import PASSED_FROM, Proofs
from matching.engine.query import PlaceTerms, VacancyQuery
from matching.engine.sparse import LanguageColumn, SkillColumn
from matching.engine.week_minutes import Bits

PAY_STEP: Final = 5_000
"""EUR 0.50 an hour: the raise that an explanation tries."""
EXTENSIONS: Final = tuple(range(1, 9))
"""Quarter-hours that an availability is extended by: 15 minutes to two hours."""
BEST_LEVEL: Final = 6
BEST_SKILL: Final = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lever: figures (JSON-ready), and the person and the query as they would be."""

    details: dict[str, Any]
    person: Pool
    query: VacancyQuery


@dataclass(frozen=True, slots=True)
class Lever:
    """Steps from small to large. `own`: the person can pull it; else the vacancy, for everybody at once."""

    kind: str
    own: bool
    steps: tuple[Step, ...]


def levers(person: Pool, query: VacancyQuery, proofs: Proofs) -> Iterator[Lever]:
    """Everything that could raise an eligible person's score."""
    for need in query.languages + query.nice_languages:
        held = value_of(person, "languages", need.code, "measured_level")
        first = max(held + 1, need.level)
        found = [
            Step({"code": need.code, "level": level}, with_language(person, need.code, level, proofs), query)
            for level in range(first, BEST_LEVEL + 1)
        ]
        yield Lever("raise_language", True, tuple(found))
    codes = [need.code for need in query.must_skills] + [wish.code for wish in query.wanted_skills]
    for code in codes:
        held = value_of(person, "skills", code, "measured")
        found = [
            Step({"code": code, "measured": level}, with_skill(person, code, level, proofs), query)
            for level in range(held + 1, BEST_SKILL + 1)
        ]
        yield Lever("raise_skill", True, tuple(found))
    yield from _etiquette(person, query, proofs)
    for side in ("earlier", "later"):
        yield Lever("extend_hours", True, tuple(extensions(person, query, side)))
    yield from _terms(person, query)
    terms = query.terms_for(place_of(person))
    if terms is not None and terms.offer_high + PAY_STEP <= spec.MAX_PAY:
        raised = replace(terms, offer_low=terms.offer_low + PAY_STEP, offer_high=terms.offer_high + PAY_STEP)
        yield Lever("raise_offer", False, (Step({"by": PAY_STEP}, person, with_terms(query, raised)),))


def _etiquette(person: Pool, query: VacancyQuery, proofs: Proofs) -> Iterator[Lever]:
    """Where there is such a test."""
    if Part.CULTURE not in query.asked_parts or not query.locality_wanted:
        return
    for country in sorted({one.country for one in query.team_countries + query.customer_countries}):
        skill = proofs.etiquette.get(country)
        if skill and not value_of(person, "localities", country, "evidence") & spec.ETIQUETTE_PASSED:
            step = Step({"country": country}, with_skill(person, skill, PASSED_FROM, proofs), query)
            yield Lever("pass_etiquette", True, (step,))


def _terms(person: Pool, query: VacancyQuery) -> Iterator[Lever]:
    """Being open to the length and to more of the hours that are offered."""
    if int(person.wished_months[0]) not in (0, query.contract_months) and query.contract_months:
        months = np.full(1, query.contract_months, dtype=person.wished_months.dtype)
        step = Step({"months": query.contract_months}, person.having(wished_months=months), query)
        yield Lever("wish_length", True, (step,))


def extensions(person: Pool, query: VacancyQuery, side: str) -> Iterator[Step]:
    """The person's hours begun `earlier` or ended `later` ("both": both) by 15 minutes to two hours a block.

    Only quarter-hours that the shift touches are added, in the person's own clock: available, and liked where the
    person says what they like. A step that adds nothing to the one before is left out.
    """
    available, preferred = own_week(person)
    liked = available if preferred is None else preferred
    wanted = touched_slots(query, person) & ~liked
    before = 0
    for quarters in EXTENSIONS:
        added = _grown(liked, quarters, side) & wanted
        if int(added.sum()) == before:
            continue
        before = int(added.sum())
        changed = with_week(person, available | added, None if preferred is None else preferred | added)
        details = {
            "side": side,
            "minutes": quarters * spec.SLOT_MINUTES,
            "blocks": [list(block) for block in blocks_of(added)],
            "preference_only": not (added & ~available).any(),
        }
        yield Step(details, changed, query)


def _grown(slots: Bits, quarters: int, side: str) -> Bits:
    grown = slots.copy()
    for by in range(1, quarters + 1):
        if side in ("earlier", "both"):
            grown |= np.roll(slots, -by)
        if side in ("later", "both"):
            grown |= np.roll(slots, by)
    return grown


def with_week(person: Pool, available: Bits, preferred: Bits | None) -> Pool:
    """One row with that week, and those liked hours (None = not stated)."""
    patterns = [available] if preferred is None else [available, preferred]
    packed = np.unique([np.packbits(one, bitorder="little") for one in patterns], axis=0)
    codes = [
        int(np.flatnonzero((packed == np.packbits(one, bitorder="little")).all(axis=1))[0])
        for one in patterns
    ]
    return person.having(
        week_masks=packed,
        availability_code=np.full(1, codes[0], dtype=np.int32),
        preferred_code=np.full(1, -1 if preferred is None else codes[1], dtype=np.int32),
    )


def with_language(person: Pool, code: str, level: int, proofs: Proofs) -> Pool:
    """One row with that language measured at `level`, its ability not known more exactly, and all that this proves."""
    claimed = value_of(person, "languages", code, "claimed_level")
    column = LanguageColumn(
        rows=np.zeros(1, dtype=np.int32),
        measured_level=np.array([level], dtype=np.int8),
        claimed_level=np.array([claimed], dtype=np.int8),
        theta=np.zeros(1, dtype=np.int16),
        standard_error=np.zeros(1, dtype=np.int16),
    )
    changed = person.having(languages={**person.languages, code: column})
    return proofs.by_language(changed, code, level)


def with_skill(person: Pool, code: str, level: int, proofs: Proofs) -> Pool:
    """One row with that skill measured at `level`, and all that this proves."""
    stated = value_of(person, "skills", code, "stated")
    column = SkillColumn(
        rows=np.zeros(1, dtype=np.int32),
        measured=np.array([level], dtype=np.int8),
        stated=np.array([stated], dtype=np.int8),
    )
    return proofs.by_skill(person.having(skills={**person.skills, code: column}), code, level)


def without_reservation(person: Pool, query: VacancyQuery) -> Pool:
    """One row that may be shown to the vacancy's sector and employer."""
    sectors = {code: column for code, column in person.reserved_sectors.items() if code != query.sector}
    employers = {
        code: column
        for code, column in person.reserved_employers.items()
        if query.employer not in column.employer.tolist()
    }
    return person.having(reserved_sectors=sectors, reserved_employers=employers)


def with_terms(query: VacancyQuery, terms: PlaceTerms) -> VacancyQuery:
    """The query with other terms for that very place."""
    key = (terms.country, terms.region)
    others = tuple(t for t in query.places if (t.country, t.region) != key)
    return replace(query, places=(*others, terms))
