"""Wage arithmetic and the choice of the floors that hold for a person, without Django and without a database.

Monthly and hourly amounts convert with hours a week x 52 / 12, 13th and 14th payments included. Arithmetic is
exact (fractions); a floor is rounded up to the smallest unit of its currency, so it never falls below the law.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

WEEKS_A_YEAR = 52
MONTHS_A_YEAR = 12
ASSUMED_WEEKLY_HOURS = Decimal(40)
DAYS_A_WEEK = 5

Rounding = Literal["up", "down"]


def round_to(value: Fraction, digits: int, rounding: Rounding) -> Decimal:
    """`value` on the grid of 10^-digits, never below it ("up") or never above it ("down")."""
    units = value * 10**digits
    return Decimal(ceil(units) if rounding == "up" else floor(units)).scaleb(-digits)


def hourly_exact(
    amount: Decimal,
    period: str,
    *,
    weekly_hours: Decimal | int | None = None,
    payments: int = MONTHS_A_YEAR,
    paid_days: int | None = None,
) -> Fraction:
    """Amount per hour of an amount per hour, day, week, month or year.

    `weekly_hours` > 0 is needed for every period but the hour; `payments` counts the monthly payments of a year,
    `paid_days` the days paid for one week. Raises ValueError for an unknown period or missing hours.
    """
    value = Fraction(amount)
    if period == "hour":
        return value
    if weekly_hours is None or weekly_hours <= 0:
        raise ValueError(f"hours a week are needed to turn pay per {period} into pay per hour")
    hours = Fraction(weekly_hours)
    match period:
        case "day":
            return value * (paid_days or DAYS_A_WEEK) / hours
        case "week":
            return value / hours
        case "month":
            return value * payments / (hours * WEEKS_A_YEAR)
        case "year":
            return value / (hours * WEEKS_A_YEAR)
    raise ValueError(f"unknown pay period {period!r}")


def hourly(
    amount: Decimal,
    period: str,
    weekly_hours: Decimal | int | None = None,
    payments: int = MONTHS_A_YEAR,
    *,
    digits: int,
    rounding: Rounding,
) -> Decimal:
    """Amount per hour on the currency's grid. Round an offer down and a person's minimum up, so neither flatters."""
    return round_to(
        hourly_exact(amount, period, weekly_hours=weekly_hours, payments=payments), digits, rounding
    )


def monthly(
    amount_per_hour: Decimal, weekly_hours: Decimal | int, *, digits: int, rounding: Rounding
) -> Decimal:
    """Amount per month (twelve a year) of an hourly amount."""
    exact = Fraction(amount_per_hour) * Fraction(weekly_hours) * WEEKS_A_YEAR / MONTHS_A_YEAR
    return round_to(exact, digits, rounding)


@dataclass(frozen=True, slots=True)
class FloorRow:
    """One dated row of the facts, as stored. `region` is empty for a national row."""

    key: str
    country: str
    region: str
    kind: str
    status: str
    scope: str
    occupation_scope: str
    condition: str
    stands_for_country: bool
    amount: Decimal | None
    percent_of_legal_minimum: Decimal | None
    currency: str
    period: str
    payments_per_year: int
    paid_days_per_week: int | None
    basis: str
    weekly_hours: Decimal | None
    weekly_hours_kind: str
    valid_from: date | None
    valid_to: date | None
    source: str
    source_ref: str
    as_of: str
    reliability: str
    notes: str
    origin: str
    confirmed: bool

    @property
    def has_figure(self) -> bool:
        """Whether the row holds an amount or a percentage at all."""
        return self.amount is not None or self.percent_of_legal_minimum is not None

    @property
    def counts(self) -> bool:
        """Whether the figure may be used: gross, and confirmed where it is indicative or stale."""
        if not self.has_figure or self.basis != "gross":
            return False
        return self.confirmed or (self.status == "usable" and self.reliability != "D")

    def holds_on(self, on: date) -> bool:
        """Whether the row is in force on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Floor:
    """A row as an hourly amount, with the hours that the conversion rests on."""

    row: FloorRow
    hourly: Decimal
    weekly_hours: Decimal | None
    hours_basis: str

    @property
    def kind(self) -> str:
        """`statutory`, `collective_agreement` or `platform_policy`."""
        return self.row.kind

    @property
    def currency(self) -> str:
        """ISO 4217 code of `hourly`."""
        return self.row.currency

    def as_facts(self) -> dict[str, str | bool | None]:
        """The floor with its provenance as plain values, for storing beside a decision."""
        row = self.row
        return {
            "key": row.key,
            "kind": row.kind,
            "hourly": str(self.hourly),
            "currency": row.currency,
            "region": row.region,
            "scope": row.scope,
            "condition": row.condition,
            "amount": None if row.amount is None else str(row.amount),
            "percent_of_legal_minimum": (
                None if row.percent_of_legal_minimum is None else str(row.percent_of_legal_minimum)
            ),
            "period": row.period,
            "weekly_hours": None if self.weekly_hours is None else str(self.weekly_hours),
            "hours_basis": self.hours_basis,
            "valid_from": None if row.valid_from is None else row.valid_from.isoformat(),
            "source": row.source,
            "source_ref": row.source_ref,
            "as_of": row.as_of,
            "reliability": row.reliability,
            "demo": row.origin == "demo",
        }


@dataclass(frozen=True, slots=True)
class WageFloorResult:
    """What work in one place has to pay at least, on one day.

    `legal_minimum` is the highest applicable legal rate, or None with its reason in `legal_unknown`; `other_floors`
    bind besides it; `guidance` holds floors that bind only under a condition the caller did not name.
    """

    country: str
    region: str
    on: date
    currency: str
    digits: int
    weekly_hours: Decimal | None
    legal_minimum: Floor | None
    legal_unknown: str | None
    other_floors: tuple[Floor, ...]
    guidance: tuple[Floor, ...]

    @property
    def floors(self) -> tuple[Floor, ...]:
        """Every floor that binds, legal minimum first."""
        return ((self.legal_minimum,) if self.legal_minimum else ()) + self.other_floors

    @property
    def effective(self) -> Floor | None:
        """The highest floor that binds, or None when the floor is unknown."""
        return max(self.floors, key=lambda each: each.hourly, default=None)

    @property
    def unknown(self) -> str | None:
        """Why no floor can be named (a code of `UnknownFloor`), or None when one can."""
        return None if self.floors else self.legal_unknown

    @property
    def monthly(self) -> Decimal | None:
        """The effective floor per month at `weekly_hours`, rounded up, where both are known."""
        if self.effective is None or self.weekly_hours is None:
            return None
        return monthly(self.effective.hourly, self.weekly_hours, digits=self.digits, rounding="up")

    def breached_by(self, hourly_pay: Decimal) -> Floor | None:
        """The highest floor that `hourly_pay` (in `currency`) does not clear, or None."""
        breached = [each for each in self.other_floors if hourly_pay < each.hourly]
        if self.legal_minimum and hourly_pay <= self.legal_minimum.hourly:
            breached.append(self.legal_minimum)
        return max(breached, key=lambda each: each.hourly, default=None)

    def cleared_by(self, hourly_pay: Decimal) -> bool:
        """Whether `hourly_pay` clears every floor. An unknown floor is never cleared."""
        return self.unknown is None and self.breached_by(hourly_pay) is None


def rows_for_place(rows: Sequence[FloorRow], region: str) -> list[FloorRow]:
    """The rows of one kind and condition that speak for a person in `region` (empty = not given).

    Rows of the person's own region replace all others. Without any, national rows hold; regional rows that stand
    for the country join them when no region was given, or when no national figure counts.
    """
    own = [row for row in rows if region and row.region == region]
    if own:
        return own
    national = [row for row in rows if not row.region]
    if region and any(row.counts for row in national):
        return national
    return national + [row for row in rows if row.region and row.stands_for_country]


def hours_behind(row: FloorRow, normal_hours: Decimal | None) -> tuple[Decimal | None, str]:
    """Hours a week for converting `row`, and where they come from: the row's source, the country's normal week, 40."""
    if row.period == "hour" or row.percent_of_legal_minimum is not None:
        return None, "none"
    if row.weekly_hours is not None and row.weekly_hours_kind == "sourced":
        return row.weekly_hours, "sourced"
    if normal_hours is not None:
        return normal_hours, "working_hours"
    return ASSUMED_WEEKLY_HOURS, "assumed"


def floor_of(
    row: FloorRow, *, normal_hours: Decimal | None, digits: int, legal: Decimal | None = None
) -> Floor | None:
    """`row` per hour, rounded up. A percentage row needs the `legal` minimum per hour, and is None without it."""
    hours, basis = hours_behind(row, normal_hours)
    if row.amount is not None:
        exact = hourly_exact(
            row.amount,
            row.period,
            weekly_hours=hours,
            payments=row.payments_per_year,
            paid_days=row.paid_days_per_week,
        )
    elif row.percent_of_legal_minimum is not None and legal is not None:
        exact = Fraction(legal) * Fraction(row.percent_of_legal_minimum) / 100
    else:
        return None
    return Floor(row=row, hourly=round_to(exact, digits, "up"), weekly_hours=hours, hours_basis=basis)


def why_unknown(rows: Sequence[FloorRow]) -> str:
    """The code that explains best why none of `rows` gives a legal minimum."""
    if any(row.has_figure and row.basis == "gross" for row in rows):
        return "stale_source"
    if any(row.basis == "net" for row in rows):
        return "net_only"
    if any(row.status == "no_statutory" for row in rows):
        return "no_statutory"
    return "not_researched"


def floors_for(
    rows: Iterable[FloorRow],
    *,
    country: str,
    region: str,
    on: date,
    currency: str,
    digits: int,
    normal_hours: Decimal | None,
    weekly_hours: Decimal | None = None,
    agreements: frozenset[str] = frozenset(),
) -> WageFloorResult:
    """Choose and convert the floors of one place on one day. `rows` may hold other countries and other times."""
    groups: dict[tuple[str, str], list[FloorRow]] = {}
    for row in rows:
        if row.country == country and row.holds_on(on):
            groups.setdefault((row.kind, row.condition), []).append(row)
    chosen = {group: rows_for_place(members, region) for group, members in groups.items()}

    def convert(members: Iterable[FloorRow], legal: Decimal | None = None) -> list[Floor]:
        counted = (row for row in members if row.counts)
        found = (floor_of(row, normal_hours=normal_hours, digits=digits, legal=legal) for row in counted)
        return [each for each in found if each is not None]

    def applies(group: tuple[str, str]) -> bool:
        return not group[1] or group[1] in agreements

    statutory = [
        row
        for group, members in chosen.items()
        if group[0] == "statutory" and applies(group)
        for row in members
    ]
    legal = highest(convert(statutory))
    legal_hourly = legal.hourly if legal else None
    others = [(group, highest(convert(members, legal_hourly))) for group, members in chosen.items()]
    bind = [each for group, each in others if each and group[0] != "statutory" and applies(group)]
    guide = [each for group, each in others if each and not applies(group)]
    return WageFloorResult(
        country=country,
        region=region,
        on=on,
        currency=currency,
        digits=digits,
        weekly_hours=weekly_hours,
        legal_minimum=legal,
        legal_unknown=None if legal else why_unknown(statutory),
        other_floors=tuple(sorted(bind, key=by_amount)),
        guidance=tuple(sorted(guide, key=by_amount)),
    )


def by_amount(each: Floor) -> tuple[Decimal, str]:
    """Sort key: highest first, then by key, so that equal floors keep one order."""
    return -each.hourly, each.row.key


def highest(floors: Iterable[Floor]) -> Floor | None:
    """The floor with the highest hourly amount; of equals the first by key."""
    return min(floors, key=by_amount, default=None)
