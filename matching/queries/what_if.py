"""What a vacancy costs before anybody has saved it: who is eligible now, and what every requirement keeps out.

A vacancy that is being written has gaps. What is known of it is counted; the gates whose answers are missing let
everybody pass, and the preview says which.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from matching.engine import GATES, Gate, InvalidQuery, PlaceTerms, VacancyQuery
from matching.engine.easing import Alternative, eased
from matching.engine.query import PayStatus
from matching.engine.what_if import WhatIf, what_if
from matching.queries.compiled import Team
from matching.queries.known import Known
from matching.queries.sketch import Sketch, sketch_of
from matching.rules.wishes import UNIT
from reference.rules.rates import NoRate, RateTable
from reference.rules.wages import ASSUMED_WEEKLY_HOURS, hourly_exact, round_to
from vacancies.content import CountryRow, VersionContent

RAISE_EUR_HOUR = Decimal("0.50")
MOST_RAISES = 5
"""Where pay is below a floor, that many raises are tried: each lifts one more place above its floor."""
MOST_COUNTRIES = 3
"""That many of the countries not hired from are named: those that would add most."""


@dataclass(frozen=True, slots=True)
class Price:
    """One change alone: who is eligible with it, and how many more (or fewer) that is.

    Kinds and their details: those of `Alternative`, "country" {country} and "pay" {amount, currency, period, eur_hour
    in 1/10000 EUR}.
    """

    kind: str
    gate: Gate
    details: dict[str, Any]
    eligible: int
    more: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What can be said about a vacancy as it is written.

    `open_gates` are not counted yet: everybody passes them. Scores need every gate, so there is no histogram then.
    `needed` says what is missing or wrong, by field, in the reader's words. Prices: what brings most first.
    `below_floor`: the countries hired from, by code, in which the pay is below a wage floor, at least in a region.
    """

    found: WhatIf
    prices: tuple[Price, ...]
    open_gates: tuple[Gate, ...]
    needed: dict[str, str]
    below_floor: tuple[str, ...] = ()


def preview(content: VersionContent, team: Team, known: Known, *, crowd: int = 1) -> Preview:
    """Judge everybody in the pool by a content, complete or not, and by every single change to it. No database query.

    The counts are exact: for staff. Employers get `told`. `crowd`: raises and countries that bring fewer are not picked.
    """
    sketch = sketch_of(content, team, known.facts)
    query = _with_other_countries(sketch, team, known)
    tried = [*_eased(sketch, team, known), *_more_pay(sketch, team, known)]
    judged = [gate for gate in GATES if gate not in sketch.open_gates]
    found = what_if(known.pool, query, [one.query for one in tried], judged=judged, scored=sketch.is_whole)
    prices = [
        Price(one.kind, one.gate, one.details, eligible, eligible - found.eligible)
        for one, eligible in zip(tried, found.alternatives, strict=True)
    ]
    prices = [*_smallest_raise(prices, crowd), *_countries(found, crowd)]
    prices.sort(key=lambda price: -price.more)
    open_gates = tuple(gate for gate in GATES if gate in sketch.open_gates)
    below = sorted({terms.country for terms in _below_floor(sketch)})
    return Preview(found, tuple(prices), open_gates, sketch.needed, tuple(below))


def _below_floor(sketch: Sketch) -> list[PlaceTerms]:
    if Gate.PAY in sketch.open_gates:
        return []
    return [terms for terms in sketch.query.places if terms.pay_status == PayStatus.BELOW_FLOOR]


def _smallest_raise(prices: list[Price], crowd: int) -> list[Price]:
    """Of several raises only the smallest that brings so many, or else the largest one tried."""
    raises = sorted((one for one in prices if one.kind == "pay"), key=lambda one: one.details["amount"])
    first = next((one for one in raises if one.more >= crowd), raises[-1] if raises else None)
    return [one for one in prices if one.kind != "pay" or one is first]


def _countries(found: WhatIf, crowd: int) -> Iterator[Price]:
    """Of countries that bring as many crowds the first by code: one person more puts none before another."""
    best = sorted(found.countries.items(), key=lambda country: (-(country[1] // crowd), country[0]))
    for country, more in best[:MOST_COUNTRIES]:
        if more >= crowd:
            yield Price("country", Gate.COUNTRY, {"country": country}, found.eligible + more, more)


def _with_other_countries(sketch: Sketch, team: Team, known: Known) -> VacancyQuery:
    """The query with the terms that people of every other country would get, not hired from.

    Where pay is not known yet, they are terms without an amount, which only count heads.
    """
    if Gate.COUNTRY in sketch.open_gates:
        return sketch.query
    hired = {terms.country for terms in sketch.query.places}
    others = sorted({country for country, _region in known.pool.places} - hired)
    if Gate.PAY in sketch.open_gates:
        more = [PlaceTerms(country=country) for country in others]
    else:
        more = _terms(replace(sketch.content, countries=tuple(map(CountryRow, others))), team, known)
    unhired = tuple(replace(terms, hireable=False) for terms in more)
    return replace(sketch.query, places=sketch.query.places + unhired)


def _terms(content: VersionContent, team: Team, known: Known) -> list[PlaceTerms]:
    """Terms in each country; none for one whose money cannot be compared or for which the pay makes no sense."""
    if not content.countries:
        return []
    try:
        return list(known.facts.query_for(content, team).places)
    except (NoRate, InvalidQuery):
        if len(content.countries) == 1:
            return []
    half = len(content.countries) // 2
    parts = content.countries[:half], content.countries[half:]
    return [terms for part in parts for terms in _terms(replace(content, countries=part), team, known)]


def _eased(sketch: Sketch, team: Team, known: Known) -> Iterator[Alternative]:
    """Changes at the gates that are judged. Pay by the day, week, month or year comes to more in fewer hours."""
    for one in eased(sketch.query):
        if one.gate in sketch.open_gates:
            continue
        hours = one.query.hours_week
        if (
            hours == sketch.query.hours_week
            or sketch.content.pay_period == "hour"
            or Gate.PAY in sketch.open_gates
        ):
            yield one
            continue
        try:
            paid = known.facts.query_for(replace(sketch.content, hours_week=hours // 60), team)
        except (NoRate, InvalidQuery):
            continue
        yield replace(one, query=replace(one.query, places=paid.places))


def _more_pay(sketch: Sketch, team: Team, known: Known) -> Iterator[Alternative]:
    """A usual raise; where pay is below floors, the raises that reach them, the smallest first."""
    if Gate.PAY in sketch.open_gates:
        return
    gaps = {max(each.legal_floor + 1, each.other_floor) - each.offer_low for each in _below_floor(sketch)}
    euros = sorted({RAISE_EUR_HOUR, *(Decimal(gap + 1) / UNIT for gap in gaps)})
    for euro in euros[:MOST_RAISES]:
        yield from _raised(euro, sketch, team, known)


def _raised(euro: Decimal, sketch: Sketch, team: Team, known: Known) -> Iterator[Alternative]:
    """Pay that is higher by so many euros an hour, everywhere."""
    content, rates = sketch.content, known.facts.pay.rates
    amount = _raise_in(content.pay_currency, content, rates, euro)
    countries = tuple(
        row
        if row.pay_min is None or row.pay_max is None
        else replace(row, pay_min=row.pay_min + extra, pay_max=row.pay_max + extra)
        for row in content.countries
        for extra in [_raise_in(row.currency or content.pay_currency, content, rates, euro)]
    )
    assert content.pay_min is not None
    assert content.pay_max is not None
    raised = replace(
        content, pay_min=content.pay_min + amount, pay_max=content.pay_max + amount, countries=countries
    )
    try:
        query = known.facts.query_for(raised, team)
    except (NoRate, InvalidQuery):
        return
    details = {
        "amount": amount, "currency": content.pay_currency, "period": content.pay_period,
        "eur_hour": int(euro * UNIT),
    }  # fmt: skip
    yield Alternative("pay", query, Gate.PAY, details)


def _raise_in(currency: str, content: VersionContent, rates: RateTable, euro: Decimal) -> Decimal:
    """So many euros an hour in a currency, for the period that pay is stated for; rounded up to what the form takes."""
    hours = Decimal(content.hours_week or ASSUMED_WEEKLY_HOURS)
    an_hour = hourly_exact(Decimal(1), content.pay_period, weekly_hours=hours)
    return round_to(Fraction(euro) * rates.factor("EUR", currency) / an_hour, 2, "up")
