"""The engine once more in plain Python, written from docs/matching.md: slow, naive, separate.

It shares no code with the engine: own tables, own calendar (`twin_calendar`), own fits (`twin_fits`), own integers.
From the engine comes only the vacancy itself, a plain record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matching.engine import VacancyQuery
from tests.matching.engine.people import Person
from tests.matching.engine.twin_calendar import Calendar, Hours
from tests.matching.engine.twin_fits import FITS, ONE, terms_of

OPEN = {"language.not_measured", "skills.not_measured", "pay.floor_unknown"}


@dataclass
class Verdict:
    """code: the first gate's reason, None for somebody eligible; then the figures are there."""

    person: Person
    code: str | None
    near_miss: bool
    fits: tuple[int, ...] = ()
    employer: int = 0
    candidate: int = 0
    score: int = 0
    contributions: tuple[int, ...] = ()


def rank_naively(
    people: Iterable[Person], query: VacancyQuery, candidate_weights: tuple[int, ...], top: int
) -> tuple[list[Verdict], dict[str, int], dict[str, list[int]]]:
    """(ranked verdicts, counts by code, near-miss ids by code)."""
    calendar = Calendar(query)
    verdicts = [judge(person, query, candidate_weights, calendar) for person in people]
    ranked = sorted((v for v in verdicts if v.code is None), key=lambda v: (-v.score, v.person.id))
    counts: dict[str, int] = {}
    near: dict[str, list[int]] = {}
    for verdict in sorted(verdicts, key=lambda v: v.person.id):
        if verdict.code:
            counts[verdict.code] = counts.get(verdict.code, 0) + 1
            if verdict.near_miss:
                near.setdefault(verdict.code, []).append(verdict.person.id)
    return ranked[:top], counts, near


def judge(
    person: Person, query: VacancyQuery, candidate_weights: tuple[int, ...], calendar: Calendar
) -> Verdict:
    failed = reasons(person, query, calendar)
    if failed:
        return Verdict(person, failed[0], all(code in OPEN for code in failed))
    hours = calendar.hours_of(person)
    asked = asked_parts(query)
    fits = tuple(fit(person, query, hours) if part in asked else 0 for part, fit in FITS.items())
    own = [getattr(query.weights, part) if part in asked else 0 for part in FITS]
    theirs = [w if part in asked else 0 for part, w in zip(FITS, candidate_weights, strict=True)]
    return Verdict(person, None, False, fits, *total(fits, shares(own), shares(theirs)))


def reasons(person: Person, query: VacancyQuery, calendar: Calendar) -> list[str]:
    """The reason of every gate that the person fails, in the order of the gates.

    The slow gate, the hours, is left out for somebody who already fails for more than an open question.
    """
    found = [
        code
        for code in (
            listed(person, query),
            None if person.forms & query.contract_form else "contract_form.not_accepted",
            country(person, query),
            right_to_work(person, query),
            levels("language", person.languages, [(n.code, n.level) for n in query.languages]),
            levels("skills", person.skills, [(n.code, n.minimum) for n in query.must_skills]),
            pay(person, query),
        )
        if code
    ]
    if all(code in OPEN for code in found):
        late = hours_gate(person, query, calendar.hours_of(person))
        found += [late] if late else []
    return found


# Gates


def listed(person: Person, query: VacancyQuery) -> str | None:
    if not person.agreed:
        return "listed.not_agreed"
    if not person.available:
        return "listed.not_available"
    if person.start_day > query.start_day and not person.just_looking:
        return "listed.starts_later"
    if query.sector in person.not_sectors or query.employer in person.not_employers:
        return "listed.reserved"
    return None


def country(person: Person, query: VacancyQuery) -> str | None:
    terms = terms_of(person, query)
    return None if terms and terms.hireable else "country.not_hireable"


def right_to_work(person: Person, query: VacancyQuery) -> str | None:
    if person.right_until == 0:
        return "right_to_work.none_stated"
    return "right_to_work.ends_early" if person.right_until < query.end_day else None


def levels(gate: str, levels_of: dict[str, tuple[int, ...]], needs: list[tuple[str, int]]) -> str | None:
    """The first reason that holds for any of the languages or skills. Levels: (measured, own statement, ...)."""
    found = set()
    for code, minimum in needs:
        measured, stated, *_ = levels_of.get(code, (0, 0))
        if measured >= minimum:
            continue
        if measured:
            found.add("below")
        elif stated == 0:
            found.add("not_stated")
        elif stated < minimum:
            found.add("claimed_below" if gate == "language" else "stated_below")
        else:
            found.add("not_measured")
    order = ("below", "not_stated", "claimed_below", "stated_below", "not_measured")
    return next((f"{gate}.{reason}" for reason in order if reason in found), None)


def pay(person: Person, query: VacancyQuery) -> str | None:
    terms = terms_of(person, query)
    if terms is None:
        return None
    enough = terms.offer_low > terms.legal_floor and terms.offer_low >= terms.other_floor
    if terms.floor_known and not enough:
        return "pay.below_floor"
    if terms.offer_high < person.minimum:
        return "pay.below_minimum"
    return None if terms.floor_known else "pay.floor_unknown"


def hours_gate(person: Person, query: VacancyQuery, hours: Hours) -> str | None:
    fewest, most = person.hours
    if fewest > query.hours_week:
        return "hours.fewer_than_wanted"
    if most < query.hours_week:
        return "hours.more_than_wanted"
    if hours.must_short > 0:
        return "hours.must_block"
    return "hours.overlap" if hours.short > 0 else None


# Score


def asked_parts(query: VacancyQuery) -> set[str]:
    asked = {"time", "pay", "commitment"}
    if query.languages or query.nice_languages:
        asked.add("language")
    if query.must_skills or query.wanted_skills:
        asked.add("skills")
    if query.sector or query.channels:
        asked.add("experience")
    if query.weights.culture and (query.organisation is not None or query.locality_wanted):
        asked.add("culture")
    return asked


def shares(weights: list[int]) -> list[int]:
    """Weights adding up to 10**7: rounded down, the units missing to the largest remainders, earlier parts first."""
    added = sum(weights)
    if not added:
        return [0] * len(weights)
    found = [weight * ONE // added for weight in weights]
    rest = [weight * ONE % added for weight in weights]
    for _ in range(ONE - sum(found)):
        largest = max(range(len(weights)), key=lambda i: (rest[i], -i))
        found[largest] += 1
        rest[largest] = -1
    return found


def total(fits: tuple[int, ...], own: list[int], theirs: list[int]) -> tuple[int, int, int, tuple[int, ...]]:
    """(E, C, S, contributions)."""
    e = [fit * weight // ONE for fit, weight in zip(fits, own, strict=True)]
    c = [fit * weight // ONE for fit, weight in zip(fits, theirs, strict=True)]
    employer, candidate = sum(e), sum(c)
    both = employer + candidate
    if not both:
        return 0, 0, 0, (0,) * len(fits)
    score = 2 * employer * candidate // both
    added = []
    for ei, ci in zip(e, c, strict=True):
        x = (ei * candidate * 10**4 // both) * candidate // both
        y = (ci * employer * 10**4 // both) * employer // both
        added.append(2 * (x + y) // 10**4)
    order = sorted(range(len(added)), key=lambda i: (-added[i], e[i] + c[i] == 0, i))
    for position in order[: score - sum(added)]:
        added[position] += 1
    return employer, candidate, score, tuple(added)
