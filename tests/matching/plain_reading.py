"""The pool, read plainly: one person after the other through the models, one value after the other by its rule.

Slow, and obviously right: the quick reading is held against it.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import available_timezones

from assessments.models import Bank, Measurement
from candidates.models import Candidate
from common.week import EMPTY_WEEK
from matching.engine import Pool
from matching.engine import columns as spec
from reference.models import CountryLanguage
from reference.queries.rates import exchange_rates
from reference.rules.rates import RateTable
from reference.work_style import vector

Family = dict[str, dict[int, dict[str, int]]]


def plain_pool(on: date) -> Pool:
    """Everyone's pool of a day."""
    people = [
        person
        for person in Candidate.objects.prefetch_related(
            "languages", "skills", "places", "markets", "experience", "measurements", "reservations"
        ).order_by("-pk")
        if person.country_id and person.zone in available_timezones()
    ]
    rates = exchange_rates(on)
    rows = [dense(person, rates) for person in people]
    places, zones, weeks = (sorted({row[name] for row in rows}) for name in ("place", "zone", "availability"))
    weeks = sorted({*weeks, *(row["preferred"] for row in rows if row["preferred"])})
    columns: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        coded = {
            "place_code": places.index(row.pop("place")),
            "zone_code": zones.index(row.pop("zone")),
            "availability_code": weeks.index(row.pop("availability")),
            "preferred_code": weeks.index(preferred) if (preferred := row.pop("preferred")) else -1,
        }
        for name, value in (row | coded).items():
            columns[name].append(value)
    return Pool.from_columns(
        **(columns or {column.name: [] for column in spec.DENSE}),
        places=places,
        zones=zones,
        week_masks=[list(week) for week in weeks],
        **{name: as_columns(family) for name, family in families(people, on).items()},
    )


def days(moment: date | None) -> int:
    """Days since 1970, none before and none after the last that the engine knows."""
    return min(max((moment - date(1970, 1, 1)).days, 0), spec.MAX_DAY) if moment else 0


def an_hour(
    amount: Decimal | None, currency: str, period: str, weekly_hours: int | None, rates: RateTable
) -> int:
    """Pay in 1/10000 EUR an hour, rounded down; 0 for none, and for what cannot be compared."""
    units = Decimal(1) if currency == "EUR" else None
    if currency in rates.rates:
        units = rates.rates[currency].units_per_eur
    if not amount or not units:
        return 0
    week = Fraction(weekly_hours or 40)
    hours = {"hour": Fraction(1), "day": week / 5, "week": week, "month": week * 52 / 12, "year": week * 52}
    return min(int(Fraction(amount) / hours[period] / Fraction(units) * 10_000), spec.MAX_PAY)


def dense(person: Candidate, rates: RateTable) -> dict[str, Any]:
    """What the candidate's row says, in the engine's units."""
    listing = (spec.AGREED if person.listed else 0) + spec.AVAILABLE
    if person.just_looking and person.earliest_start is None:
        listing += spec.JUST_LOOKING
    right = {"unrestricted": spec.UNRESTRICTED, "permit": days(person.permit_until)}.get(person.work_right, 0)
    pay = (person.pay_currency, person.pay_period, person.hours_max, rates)
    most = spec.WEEK_MINUTES
    preferred = bytes(person.preferred)
    return {
        "candidate_id": person.pk,
        "listing": listing,
        "earliest_start_day": days(person.earliest_start),
        "contract_forms": person.accepts_employment * spec.EMPLOYMENT
        + person.accepts_freelance * spec.FREELANCE,
        "place": (person.country_id, person.region_id or ""),
        "right_to_work_until_day": right,
        "hours_min": min(60 * (person.hours_min or 0), most),
        "hours_max": most if person.hours_max is None else min(60 * person.hours_max, most),
        "availability": bytes(person.availability),
        "preferred": None if preferred == EMPTY_WEEK else preferred,
        "zone": person.zone,
        "minimum_pay": an_hour(person.minimum_pay, *pay),
        "wished_pay": an_hour(person.wished_pay, *pay),
        "wished_months": min(person.contract_months or 0, spec.MAX_MONTHS),
        "work_style": vector(person.work_style) if person.work_style else (-1,) * spec.WORK_STYLE_SCALES,
        "experience_months": min(sum(row.months for row in person.experience.all()), spec.MAX_MONTHS),
    }


def counting(person: Candidate, on: date) -> list[Measurement]:
    """Of each skill the newest measurement that is neither revoked nor expired; of a language that of reading and use,
    else the lowest of its other activities."""
    newest: dict[tuple[str | None, str | None, str], Measurement] = {}
    for row in sorted(person.measurements.all(), key=lambda row: (row.measured_on, row.recorded_at, row.pk)):
        if row.revoked_at is None and row.measured_on <= on <= row.expires_on:
            newest[row.language_id, row.skill_id, row.activity] = row
    things: dict[tuple[str | None, str | None], list[Measurement]] = defaultdict(list)
    for (language, skill, _activity), row in newest.items():
        things[language, skill].append(row)
    return [
        min(rows, key=lambda row: (row.activity != "reading_and_use", row.level)) for rows in things.values()
    ]


class Families:
    """Every sparse family, by code and place among the people."""

    def __init__(self, on: date) -> None:
        self.found: dict[str, Family] = {name: {} for name in spec.FAMILIES}
        self._on, self._official = on, defaultdict(list)
        for row in CountryLanguage.objects.filter(status__in=["official", "de_facto_official"]):
            self._official[row.language_id].append(row.country_id)

    def add(self, place: int, person: Candidate) -> None:
        """All that one person has."""
        for spoken in person.languages.all():
            self._entry("languages", spoken.language_id, place)["claimed_level"] = spoken.claimed_level
        for skill in person.skills.all():
            self._entry("skills", skill.skill_id, place)["stated"] = skill.stated
        for known in person.places.all():
            self._at_home(known.country_id, place, spec.LIVED_OR_WORKED)
        for market in person.markets.all():
            self._at_home(market.country_id, place, spec.SERVED_CUSTOMERS)
        for held in person.experience.all():
            for family, code in (("sector_months", held.sector_id), ("channel_months", held.channel_id)):
                months = self._entry(family, code, place)
                months["months"] = min(months["months"] + held.months, spec.MAX_MONTHS)
        for row in counting(person, self._on):
            self._measured(row, place)
        self._reserved(place, person)

    def _reserved(self, place: int, person: Candidate) -> None:
        employers = []
        for reservation in person.reservations.all():
            if reservation.sector_id:
                self._entry("reserved_sectors", reservation.sector_id, place)["reserved"] = 1
            else:
                employers.append(reservation.employer_id)
        for number, employer in enumerate(sorted(employers), start=1):
            self._entry("reserved_employers", str(number), place)["employer"] = employer

    def _measured(self, row: Measurement, place: int) -> None:
        if row.language_id:
            self._entry("languages", row.language_id, place).update(level_of(row))
            for country in self._official[row.language_id] if row.level >= 5 else ():
                self._at_home(country, place, spec.LANGUAGE_C1)
            return
        assert row.skill_id
        self._entry("skills", row.skill_id, place)["measured"] = row.level
        if row.skill_id.startswith("etiquette_") and row.level >= 2:
            self._at_home(row.skill_id.removeprefix("etiquette_").upper(), place, spec.ETIQUETTE_PASSED)

    def _at_home(self, country: str, place: int, bit: int) -> None:
        self._entry("localities", country, place)["evidence"] |= bit

    def _entry(self, family: str, code: str, place: int) -> dict[str, int]:
        empty = {column.name: 0 for column in spec.FAMILIES[family]}
        return self.found[family].setdefault(code, {}).setdefault(place, empty)


def families(people: list[Candidate], on: date) -> dict[str, Family]:
    """Of all people."""
    collected = Families(on)
    for place, person in enumerate(people):
        collected.add(place, person)
    return collected.found


def level_of(row: Measurement) -> dict[str, int]:
    """Level with ability and error in thousandths of a level, both 0 where nothing computed them."""
    if row.theta is None or not row.standard_error:
        return {"measured_level": row.level, "theta": 0, "standard_error": 0}
    bank = Bank.objects.filter(language=row.language_id).first()
    frozen = row.session.cuts if row.session and bank else None
    feet = frozen or (bank.cuts if bank else [-3.2, -1.6, 0.0, 1.6, 3.2])
    feet = [feet[0] - (feet[1] - feet[0]), *feet, feet[4] + (feet[4] - feet[3])]
    rung = max([0, *(number for number in range(6) if feet[number] <= row.theta)])
    width = feet[rung + 1] - feet[rung]
    place = rung + (row.theta - feet[rung]) / width - 3
    theta = min(max(round(place * 1000), -spec.MAX_THETA), spec.MAX_THETA)
    error = min(max(round(row.standard_error / width * 1000), 1), spec.MAX_THETA)
    return {"measured_level": row.level, "theta": theta, "standard_error": error}


def as_columns(family: Family) -> Mapping[str, dict[str, list[int]]]:
    """By code: rows, and the values of each part."""
    return {
        code: {"rows": list(by_row)}
        | {part: [one[part] for one in by_row.values()] for part in next(iter(by_row.values()))}
        for code, by_row in family.items()
    }
