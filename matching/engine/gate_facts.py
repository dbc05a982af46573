"""The figures behind each gate for one person, as plain data that both sides may see.

Amounts in 1/10000 EUR an hour, minutes a week, days since 1970-01-01, CEFR levels 1..6 (0 = not
measured, not claimed), theta and standard error in thousandths of a level.
"""

from collections.abc import Sequence
from typing import Any

from matching.engine import columns as spec
from matching.engine.clocks import WeekInTwoClocks
from matching.engine.codes import Gate
from matching.engine.hours import HoursFacts
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.sparse import dense_values

Facts = dict[str, Any]


def facts_of_gate(
    gate: Gate,
    person: Pool,
    query: VacancyQuery,
    hours: HoursFacts,
    weeks: Sequence[WeekInTwoClocks] = (),
) -> Facts:
    """JSON-ready facts. `person`: a pool of one row; `hours`: its facts; `weeks`: its distinct weeks."""
    if gate == Gate.LISTED:
        return _listed(person, query)
    if gate == Gate.CONTRACT_FORM:
        return {"accepted": int(person.contract_forms[0]), "offered": query.contract_form}
    if gate == Gate.COUNTRY:
        country, region = place_of(person)
        return {"country": country, "region": region}
    if gate == Gate.RIGHT_TO_WORK:
        until = int(person.right_to_work_until_day[0])
        unlimited = until == spec.UNRESTRICTED
        return {
            "until_day": None if unlimited else until,
            "unrestricted": unlimited,
            "needed_until_day": query.end_day,
        }
    if gate == Gate.LANGUAGE:
        return {"languages": [language_facts(person, n.code, n.level) for n in query.languages]}
    if gate == Gate.SKILLS:
        return {"skills": [skill_facts(person, n.code, n.minimum) for n in query.must_skills]}
    if gate == Gate.PAY:
        return pay_facts(person, query)
    return _hours(person, query, hours, weeks)


def place_of(person: Pool) -> tuple[str, str]:
    """(country, region) where the person lives."""
    return person.places[int(person.place_code[0])]


def value_of(person: Pool, family: str, code: str, part: str) -> int:
    """One value of a sparse column; 0 when the person has nothing there."""
    return int(dense_values(getattr(person, family).get(code), part, 1)[0])


def language_facts(person: Pool, code: str, required: int) -> Facts:
    """Required, measured and claimed level; ability only where a test gave one."""
    measured = value_of(person, "languages", code, "measured_level")
    error = value_of(person, "languages", code, "standard_error") if measured else 0
    theta = value_of(person, "languages", code, "theta")
    return {
        "code": code,
        "required_level": required,
        "measured_level": measured,
        "claimed_level": value_of(person, "languages", code, "claimed_level"),
        "theta": theta if error else None,
        "standard_error": error or None,
    }


def skill_facts(person: Pool, code: str, minimum: int) -> Facts:
    """Minimum (0 = only wanted), measured and stated level, 0..3."""
    return {
        "code": code,
        "minimum": minimum,
        "measured": value_of(person, "skills", code, "measured"),
        "stated": value_of(person, "skills", code, "stated"),
    }


def pay_facts(person: Pool, query: VacancyQuery) -> Facts:
    """Floors, offer, market and the person's own figures for the place they live in."""
    country, region = place_of(person)
    terms = query.terms_for((country, region))
    facts: Facts = {
        "country": country,
        "region": region,
        "minimum_pay": int(person.minimum_pay[0]),
        "wished_pay": int(person.wished_pay[0]),
        "terms": None,
    }
    if terms is not None:
        facts["terms"] = {
            "status": str(terms.pay_status),
            "legal_floor": terms.legal_floor if terms.floor_known else None,
            "other_floor": terms.other_floor if terms.floor_known else None,
            "offer_low": terms.offer_low,
            "offer_high": terms.offer_high,
            "market_low": terms.market_low,
            "market_high": terms.market_high,
        }
    return facts


def _listed(person: Pool, query: VacancyQuery) -> Facts:
    listing = int(person.listing[0])
    return {
        "agreed": bool(listing & spec.AGREED),
        "available": bool(listing & spec.AVAILABLE),
        "just_looking": bool(listing & spec.JUST_LOOKING),
        "earliest_start_day": int(person.earliest_start_day[0]),
        "start_day": query.start_day,
        "reserved_sector": bool(value_of(person, "reserved_sectors", query.sector, "reserved")),
        "reserved_employer": any(
            query.employer in column.employer.tolist() for column in person.reserved_employers.values()
        ),
    }


def _hours(person: Pool, query: VacancyQuery, hours: HoursFacts, weeks: Sequence[WeekInTwoClocks]) -> Facts:
    """With the days (first, last) of the weeks that hold the least, where others hold more."""
    least = min((week.overlap for week in weeks), default=0)
    most = max((week.overlap for week in weeks), default=0)
    worst = [span for week in weeks if week.overlap == least for span in week.spans]
    return {
        "hours_week": query.hours_week,
        "hours_min": int(person.hours_min[0]),
        "hours_max": int(person.hours_max[0]),
        "worst_overlap": int(hours.worst_overlap[0]),
        "shortfall": int(hours.shortfall[0]),
        "must_shortfall": int(hours.must_shortfall[0]),
        "best_overlap": most,
        "worst_weeks": [list(span) for span in sorted(worst)] if most > least else [],
    }
