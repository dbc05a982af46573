"""The seven parts of docs/matching.md once more in plain Python, each with tables of its own.

Every division rounds down; "1 - x" is taken after the division. Nothing of the engine is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import isqrt

from matching.engine import PlaceTerms, VacancyQuery
from tests.matching.engine.people import Person
from tests.matching.engine.twin_calendar import Hours

ONE = 10**7
Points = Sequence[tuple[int, float]]
"""(x, y) as the document prints them, y in hundredths at most."""


def curve(points: Points, x: int) -> int:
    """Straight between the points, flat outside."""
    whole = [(at, round(value * 100) * ONE // 100) for at, value in points]
    if x <= whole[0][0]:
        return whole[0][1]
    for (x0, y0), (x1, y1) in pairwise(whole):
        if x < x1:
            return y0 + (x - x0) * (y1 - y0) // (x1 - x0)
    return whole[-1][1]


def mean(pairs: Sequence[tuple[int, int]]) -> int:
    return sum(value * weight for value, weight in pairs) // sum(weight for _, weight in pairs)


def terms_of(person: Person, query: VacancyQuery) -> PlaceTerms | None:
    """What is offered where the person lives: the region's terms, else the country's."""
    country, region = person.place
    exact = [t for t in query.places if (t.country, t.region) == (country, region)]
    general = [t for t in query.places if (t.country, t.region) == (country, "")]
    return next(iter(exact + general), None)


# Language

HEADROOM = ((-1000, 0.50), (0, 0.70), (500, 0.82), (1000, 0.91), (2000, 1.00))


def language_fit(person: Person, query: VacancyQuery, hours: Hours) -> int:
    cuts = query.cefr_cuts
    edges = [cuts[0] - 1000, *cuts, cuts[-1] + 1000]
    required, nice = [], []
    for need in query.languages:
        measured, _, theta, error = person.languages[need.code]
        low, high = edges[measured - 1], edges[measured]
        if not error:  # a certificate or rated work
            theta, error = (low + high) // 2, (high - low) // 4
        cautious = max(theta - error, low)
        if measured < 6:
            cautious = min(cautious, high)
        required.append((curve(HEADROOM, cautious - edges[need.level - 1]), need.weight))
    for need in query.nice_languages:
        measured = person.languages.get(need.code, (0,))[0]
        value = ONE if measured >= need.level else ONE * measured // (need.level * 2)
        nice.append((value, need.weight))
    if not required:
        return mean(nice)
    return (17 * mean(required) + 3 * mean(nice)) // 20 if nice else mean(required)


# Culture


def culture_fit(person: Person, query: VacancyQuery, hours: Hours) -> int:
    organisation = None if query.organisation is None else alike(person.style, query.organisation)
    if not query.locality_wanted:
        assert organisation is not None
        return organisation
    sides = [side for side in (query.team_countries, query.customer_countries) if side]
    halves = [mean([(at_home(person, one.country), one.weight) for one in side]) for side in sides]
    locality = mean([(half, 1) for half in halves])
    if organisation is None:
        return locality
    return ((ONE - query.locality_share) * organisation + query.locality_share * locality) // ONE


def alike(own: Sequence[int], team: Sequence[int]) -> int:
    squares = [(a - b) ** 2 for a, b in zip(own, team, strict=True) if a >= 0 and b >= 0]
    if not squares:
        return ONE // 2
    return ONE - isqrt(ONE * ONE * sum(squares) // (len(squares) * 12**2))


def at_home(person: Person, country: str) -> int:
    bits = person.localities.get(country, 0)
    lived, served, etiquette, c1 = (bool(bits & bit) for bit in (1, 2, 4, 8))
    if lived or etiquette:
        return ONE
    return {(False, False): 0, (True, False): 6_000_000, (False, True): 4_000_000, (True, True): 8_500_000}[
        served, c1
    ]


SMALLNESS = (
    (10, 1.00), (25, 0.90), (50, 0.80), (100, 0.70), (250, 0.55), (500, 0.45), (1000, 0.35), (2000, 0.25),
)  # fmt: skip


def locality_share(staff: Sequence[int]) -> int:
    """0.8 x SMALLNESS(people) x sum of (share of staff) ** 2."""
    people = sum(staff)
    concentration = ONE * sum(each * each for each in staff) // people**2
    return 8_000_000 * curve(SMALLNESS, people) // ONE * concentration // ONE


# Time


def time_fit(person: Person, query: VacancyQuery, hours: Hours) -> int:
    if not hours.worked:
        return 0
    preferred_share = ONE * hours.preferred // hours.worked
    day_share = ONE * (hours.worked - hours.night) // hours.worked
    return (7 * preferred_share + 3 * day_share) // 10


# Pay

ABOVE_FLOOR = ((ONE, 0.20), (11_000_000, 0.45), (12_500_000, 0.70), (15_000_000, 0.85), (20_000_000, 1.00))
IN_MARKET = ((-5_000_000, 0.00), (0, 0.30), (5_000_000, 0.70), (ONE, 0.95), (15_000_000, 1.00))
TO_WISH = ((5_000_000, 0.00), (8_000_000, 0.50), (ONE, 1.00))


def pay_fit(person: Person, query: VacancyQuery, hours: Hours) -> int:
    terms = terms_of(person, query)
    assert terms is not None
    middle = (terms.offer_low + terms.offer_high) // 2
    floor = max(terms.legal_floor, terms.other_floor)
    low, high = terms.market_low, terms.market_high
    found = []
    if floor:
        found.append((curve(ABOVE_FLOOR, ONE * terms.offer_low // floor), 3))
    if high:
        if low == high:
            low, high = low // 2, high + high // 2
        found.append((curve(IN_MARKET, ONE * (middle - low) // (high - low)), 3))
    if person.wish:
        found.append((curve(TO_WISH, ONE * middle // person.wish), 4))
    return mean(found) if found else ONE // 2


# Skills


def skills_fit(person: Person, query: VacancyQuery, hours: Hours) -> int:
    wanted, must = [], []
    for wish in query.wanted_skills:
        measured, stated = person.skills.get(wish.code, (0, 0))
        by_measure = (None, 4_000_000, 7_500_000, ONE)[measured]
        by_statement = (0, 1_000_000, 2_000_000, 3_000_000)[stated]
        wanted.append((by_statement if by_measure is None else by_measure, wish.weight))
    for need in query.must_skills:
        above = person.skills[need.code][0] - need.minimum
        must.append(((7_000_000, 9_000_000, ONE)[above], 1))
    if not must:
        return mean(wanted)
    return (3 * mean(wanted) + mean(must)) // 4 if wanted else mean(must)


# Experience

SATURATION = ((0, 0.00), (3, 0.30), (6, 0.50), (12, 0.65), (24, 0.80), (36, 0.90), (60, 1.00))


def experience_fit(person: Person, query: VacancyQuery, hours: Hours) -> int:
    found = [(curve(SATURATION, person.experience), 2)]
    if query.sector:
        found.append((curve(SATURATION, person.sectors.get(query.sector, 0)), 5))
    if query.channels:
        months = [person.channels.get(channel, 0) for channel in query.channels]
        found.append((mean([(curve(SATURATION, each), 1) for each in months]), 3))
    return mean(found)


# Commitment


def commitment_fit(person: Person, query: VacancyQuery, hours: Hours) -> int:
    length = ONE
    if person.months:
        offered = query.contract_months or max(24, person.months)
        length = ONE * min(person.months, offered) // max(person.months, offered)
    low, high = person.hours
    off = 0
    if high > low:
        # 1/4 of |hours - (low + high) / 2| / ((high - low) / 2)
        off = ONE * abs(2 * query.hours_week - low - high) // (4 * (high - low))
    return (6 * length + 4 * (ONE - off)) // 10


FITS: dict[str, Callable[[Person, VacancyQuery, Hours], int]] = {
    "language": language_fit,
    "culture": culture_fit,
    "time": time_fit,
    "pay": pay_fit,
    "skills": skills_fit,
    "experience": experience_fit,
    "commitment": commitment_fit,
}
"""In part order."""
