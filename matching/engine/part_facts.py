"""The evidence behind each part of the score for one person, as plain data.

Units as in `gate_facts.py`; minutes of hours facts are sums over the whole contract.
"""

from matching.engine import columns as spec
from matching.engine.gate_facts import Facts, language_facts, pay_facts, skill_facts, value_of
from matching.engine.hours import HoursFacts
from matching.engine.parts import Part
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.scale import SCALE


def facts_of_part(part: Part, person: Pool, query: VacancyQuery, hours: HoursFacts) -> Facts:
    """JSON-ready evidence; empty where the vacancy does not ask for the part."""
    if part not in query.asked_parts:
        return {}
    if part == Part.LANGUAGE:
        return {
            "required": [language_facts(person, n.code, n.level) for n in query.languages],
            "nice": [language_facts(person, n.code, n.level) for n in query.nice_languages],
        }
    if part == Part.CULTURE:
        return _culture(person, query)
    if part == Part.TIME:
        return {
            "worked": int(hours.worked[0]),
            "preferred": int(hours.preferred[0]),
            "night": int(hours.night[0]),
            "worst_overlap": int(hours.worst_overlap[0]),
            "preference_stated": bool(person.preferred_code[0] >= 0),
        }
    if part == Part.PAY:
        return pay_facts(person, query)
    if part == Part.SKILLS:
        return {
            "must": [skill_facts(person, need.code, need.minimum) for need in query.must_skills],
            "wanted": [skill_facts(person, wish.code, 0) for wish in query.wanted_skills],
        }
    if part == Part.EXPERIENCE:
        return _experience(person, query)
    return {
        "wished_months": int(person.wished_months[0]),
        "offered_months": query.contract_months,
        "hours_min": int(person.hours_min[0]),
        "hours_max": int(person.hours_max[0]),
        "hours_week": query.hours_week,
    }


def _culture(person: Pool, query: VacancyQuery) -> Facts:
    asked_organisation = query.organisation is not None
    share = query.locality_share if asked_organisation else SCALE
    countries = (*query.team_countries, *query.customer_countries)
    return {
        "locality_share": share if query.locality_wanted else 0,
        "team": list(query.organisation) if query.organisation is not None else None,
        "person": person.work_style[0].tolist() if asked_organisation else None,
        "localities": [
            _locality(person, country)
            for country in sorted({one.country for one in countries})
            if query.locality_wanted
        ],
    }


def _locality(person: Pool, country: str) -> Facts:
    bits = value_of(person, "localities", country, "evidence")
    return {
        "country": country,
        "lived_or_worked": bool(bits & spec.LIVED_OR_WORKED),
        "served_customers": bool(bits & spec.SERVED_CUSTOMERS),
        "etiquette_passed": bool(bits & spec.ETIQUETTE_PASSED),
        "language_c1": bool(bits & spec.LANGUAGE_C1),
    }


def _experience(person: Pool, query: VacancyQuery) -> Facts:
    sector = value_of(person, "sector_months", query.sector, "months") if query.sector else None
    return {
        "sector": query.sector,
        "sector_months": sector,
        "channel_months": {
            code: value_of(person, "channel_months", code, "months") for code in query.channels
        },
        "total_months": int(person.experience_months[0]),
    }
