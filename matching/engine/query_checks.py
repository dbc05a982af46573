"""Checks that every vacancy query passes; each error names the field to correct."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from matching.engine import columns as spec
from matching.engine.errors import InvalidQuery, UnknownZone
from matching.engine.parts import MAX_WEIGHT, PartWeights
from matching.engine.scale import SCALE
from matching.engine.zones import load_zone

if TYPE_CHECKING:
    from matching.engine.query import PlaceTerms, ShiftBlock, VacancyQuery

FIRST_DAY: Final = 10_000
"""Earliest day accepted (May 1997): earlier zone offsets are not on the quarter-hour."""
MAX_CONTRACT_DAYS: Final = 3660
MAX_SHIFTS: Final = 200
MAX_COUNTRY_WEIGHT: Final = 10**6


def check_query(query: "VacancyQuery") -> None:
    """Raise `InvalidQuery` naming the first field that is wrong."""
    _check_contract(query)
    _check_places(query.places)
    _check_languages(query)
    _check_skills(query)
    _check_shifts(query.shifts)
    _whole("hours_week", query.hours_week, 1, spec.WEEK_MINUTES)
    if query.hours_week > sum(block.duration_minutes for block in query.shifts):
        raise InvalidQuery("hours_week", "is more than all shift blocks of a week together")
    try:
        load_zone(query.zone)
    except UnknownZone as error:
        raise InvalidQuery("zone", str(error)) from error
    _check_surroundings(query)
    _check_culture(query)
    if not isinstance(query.weights, PartWeights):
        raise InvalidQuery("weights", "must be PartWeights")
    if not any(query.effective(query.weights)):
        raise InvalidQuery("weights", "only weigh parts that this vacancy does not ask for")


def _check_contract(query: "VacancyQuery") -> None:
    _whole("contract_form", query.contract_form, spec.EMPLOYMENT, spec.FREELANCE)
    _whole("start_day", query.start_day, FIRST_DAY, spec.MAX_DAY)
    _whole("end_day", query.end_day, FIRST_DAY, spec.MAX_DAY)
    if query.end_day < query.start_day:
        raise InvalidQuery("end_day", "lies before the start")
    if query.end_day - query.start_day > MAX_CONTRACT_DAYS:
        raise InvalidQuery("end_day", "lies more than ten years after the start")
    _whole("contract_months", query.contract_months, 0, spec.MAX_MONTHS)


def _check_places(places: "tuple[PlaceTerms, ...]") -> None:
    if not any(terms.hireable for terms in places):
        raise InvalidQuery("places", "has no country from which people are hired")
    _no_twice("places", [(terms.country, terms.region) for terms in places])
    for terms in places:
        name = f"places[{terms.country}{'-' if terms.region else ''}{terms.region}]"
        _code(f"{name}.country", terms.country)
        if not isinstance(terms.region, str):
            raise InvalidQuery(f"{name}.region", "must be a text, empty for the whole country")
        _yes_or_no(f"{name}.hireable", terms.hireable)
        _yes_or_no(f"{name}.floor_known", terms.floor_known)
        amounts = (
            "legal_floor",
            "other_floor",
            "offer_low",
            "offer_high",
            "market_low",
            "market_high",
        )
        for amount in amounts:
            _whole(f"{name}.{amount}", getattr(terms, amount), 0, spec.MAX_PAY)
        if terms.offer_low > terms.offer_high:
            raise InvalidQuery(f"{name}.offer_high", "is lower than the lower end")
        if terms.hireable and terms.offer_low == 0:
            raise InvalidQuery(f"{name}.offer_low", "is missing")
        if terms.market_low > terms.market_high or (terms.market_high and not terms.market_low):
            raise InvalidQuery(f"{name}.market_low", "is missing or above the upper end")


def _check_languages(query: "VacancyQuery") -> None:
    for name in ("languages", "nice_languages"):
        for need in getattr(query, name):
            _code(f"{name}.code", need.code)
            _whole(f"{name}[{need.code}].level", need.level, 1, 6)
            _whole(f"{name}[{need.code}].weight", need.weight, 1, MAX_WEIGHT)
    _no_twice("languages", [need.code for need in query.languages + query.nice_languages])
    if len(query.cefr_cuts) != 5:
        raise InvalidQuery("cefr_cuts", "must be the lower ends of A2, B1, B2, C1 and C2")
    for cut in query.cefr_cuts:
        _whole("cefr_cuts", cut, -spec.MAX_THETA, spec.MAX_THETA)
    if sorted(set(query.cefr_cuts)) != list(query.cefr_cuts):
        raise InvalidQuery("cefr_cuts", "must ascend")


def _check_skills(query: "VacancyQuery") -> None:
    for need in query.must_skills:
        _code("must_skills.code", need.code)
        _whole(f"must_skills[{need.code}].minimum", need.minimum, 1, 3)
    for wish in query.wanted_skills:
        _code("wanted_skills.code", wish.code)
        _whole(f"wanted_skills[{wish.code}].weight", wish.weight, 1, MAX_WEIGHT)
    must = [need.code for need in query.must_skills]
    _no_twice("must_skills", must + [wish.code for wish in query.wanted_skills])


def _check_shifts(shifts: "tuple[ShiftBlock, ...]") -> None:
    if not shifts:
        raise InvalidQuery("shifts", "has no shift block")
    if len(shifts) > MAX_SHIFTS:
        raise InvalidQuery("shifts", f"has more than {MAX_SHIFTS} blocks")
    for block in shifts:
        _whole("shifts.weekday", block.weekday, 0, 6)
        _whole("shifts.start_minute", block.start_minute, 0, 1439)
        _whole("shifts.duration_minutes", block.duration_minutes, 1, 1440)
    spans = sorted((b.weekday * 1440 + b.start_minute, b.duration_minutes) for b in shifts)
    after = [*spans[1:], (spans[0][0] + spec.WEEK_MINUTES, 0)]
    for (start, duration), (following, _) in zip(spans, after, strict=True):
        if start + duration > following:
            raise InvalidQuery("shifts", "overlap each other")


def _check_surroundings(query: "VacancyQuery") -> None:
    _whole("employer", query.employer, 0, 2**63 - 1)
    if query.sector:
        _code("sector", query.sector)
    for channel in query.channels:
        _code("channels", channel)
    _no_twice("channels", query.channels)
    for name in ("customer_countries", "team_countries"):
        given = getattr(query, name)
        _no_twice(name, [one.country for one in given])
        for one in given:
            _code(f"{name}.country", one.country)
            _whole(f"{name}[{one.country}].weight", one.weight, 1, MAX_COUNTRY_WEIGHT)


def _check_culture(query: "VacancyQuery") -> None:
    _yes_or_no("locality_wanted", query.locality_wanted)
    _whole("locality_share", query.locality_share, 0, SCALE)
    if query.locality_wanted and not (query.customer_countries or query.team_countries):
        raise InvalidQuery("locality_wanted", "needs a country of the team or of the customers")
    if query.organisation is None:
        return
    if len(query.organisation) != spec.WORK_STYLE_SCALES:
        raise InvalidQuery("organisation", f"must have {spec.WORK_STYLE_SCALES} values")
    for value in query.organisation:
        _whole("organisation", value, -1, spec.WORK_STYLE_TOP)


def _whole(field: str, value: Any, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidQuery(field, "must be a whole number")
    if not low <= value <= high:
        raise InvalidQuery(field, f"must be from {low} to {high}")


def _yes_or_no(field: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise InvalidQuery(field, "must be True or False")


def _code(field: str, value: Any) -> None:
    if not isinstance(value, str) or not 0 < len(value) <= 64:
        raise InvalidQuery(field, "must be a code of 1 to 64 characters")


def _no_twice(field: str, values: Iterable[Any]) -> None:
    listed = list(values)
    if len(set(listed)) != len(listed):
        raise InvalidQuery(field, "names the same thing twice")
