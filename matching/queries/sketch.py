"""A vacancy with gaps, compiled as far as it goes.

Gates whose answers are missing or impossible stay open. The query then holds something harmless in their place, by
which nobody is judged.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from matching.engine import Gate, InvalidQuery, PlaceTerms, VacancyQuery
from matching.queries.compiled import Team
from matching.queries.known import DayFacts
from reference.names import currency_name
from reference.rules.rates import NoRate
from vacancies.content import CountryRow, ShiftRow, VersionContent
from vacancies.rules.publishing import missing_facts
from vacancies.rules.shifts import overlapping_shifts, week_total_minutes

COUNTED = {
    "zone", "shifts", "hours_week", "start_date", "pay_min", "pay_max", "countries",
    "customer_countries", "culture_wanted", "weights",
}  # fmt: skip
"""The facts of a vacancy that change who is eligible or how people score; others can wait."""

_HOURS: dict[str, Any] = {"shifts": tuple(ShiftRow(day, 0, 1440) for day in range(7)), "zone": "UTC"}
_PLACE: dict[str, Any] = {
    "countries": (CountryRow("NL"),), "pay_min": Decimal(20), "pay_max": Decimal(20), "pay_currency": "EUR",
    "pay_period": "hour",
}  # fmt: skip
_SCORES: dict[str, Any] = {
    "weights": {},
    "culture_wanted": False,
    "locality_wanted": False,
    "customer_countries": (),
}
_GATE_OF = {
    "places": Gate.PAY, "languages": Gate.LANGUAGE, "must_skills": Gate.SKILLS, "shifts": Gate.HOURS,
    "hours_week": Gate.HOURS, "zone": Gate.HOURS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sketch:
    """What could be compiled. `needed`: what is missing or wrong, by field. `is_whole`: people can be scored, too."""

    content: VersionContent
    query: VacancyQuery
    open_gates: frozenset[Gate]
    is_whole: bool
    needed: dict[str, str]


def sketch_of(content: VersionContent, team: Team, facts: DayFacts) -> Sketch:
    """Compile what there is; open every gate that stands in the way of it. No database query."""
    found = missing_facts(content, facts.on, team_described=team.work_style is not None)
    needed = {field: words for field, words in found.items() if field in COUNTED}
    if content.start_date is None:
        needed["start_date"] = _(
            "Choose the start date. Until then the count takes today, and leaves out who is free only later."
        )
    open_gates, unscored = _unanswered(content), bool(needed.keys() & _SCORES.keys())
    while True:
        filled = _filled(content, open_gates, unscored)
        try:
            query = facts.query_for(filled, team)
        except NoRate as error:
            sentence = _(
                "There is no exchange rate on file for the %(currency)s, so the pay cannot be checked."
            )
            needed["pay_currency"] = sentence % {"currency": currency_name(error.currency)}
            open_gates |= {Gate.PAY}
        except InvalidQuery as error:
            gate = _GATE_OF.get(re.split(r"[.\[]", error.field)[0])
            if unscored if gate is None else gate in open_gates:
                raise  # what stands in for an answer was refused itself
            if gate == Gate.PAY:
                needed["pay_min"] = _(
                    "The pay cannot be counted. Look at the amounts, the currency and the period."
                )
            open_gates, unscored = open_gates | ({gate} if gate else set()), unscored or gate is None
        else:
            break
    if Gate.PAY in open_gates and Gate.COUNTRY not in open_gates:
        places = tuple(
            PlaceTerms(country=row.country, offer_low=1, offer_high=1) for row in content.countries
        )
        query = replace(query, places=places)
    return Sketch(content, query, open_gates, not (open_gates or unscored), needed)


def _unanswered(content: VersionContent) -> frozenset[Gate]:
    hours = content.hours_week and content.zone and content.shifts
    answered = {
        Gate.COUNTRY: bool(content.countries),
        Gate.PAY: bool(content.countries and content.pay_min and content.pay_max),
        Gate.HOURS: bool(hours)
        and not overlapping_shifts(content.shifts)
        and week_total_minutes(content.shifts) >= 60 * (content.hours_week or 0),
    }
    return frozenset(gate for gate, held in answered.items() if not held)


def _filled(content: VersionContent, open_gates: frozenset[Gate], unscored: bool) -> VersionContent:
    """The content with something that compiles wherever a gate is open."""
    fill: dict[str, Any] = dict(_SCORES) if unscored else {}
    if Gate.HOURS in open_gates:
        fill |= _HOURS | {"hours_week": content.hours_week or 40}
    if Gate.LANGUAGE in open_gates:
        fill["languages"] = ()
    if Gate.SKILLS in open_gates:
        fill["skills"] = ()
    if open_gates & {Gate.PAY, Gate.COUNTRY}:
        fill |= _PLACE
    return replace(content, **fill)
