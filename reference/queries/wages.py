"""Wage floors with provenance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from reference.enums import Reliability
from reference.models import Country, WageFloor
from reference.names import minor_digits
from reference.rules.wages import FloorRow, WageFloorResult, floors_for


@dataclass(frozen=True, slots=True)
class CountryBasis:
    """What the floors of a country are stated in: its currency, and its normal week where one may be used."""

    currency: str
    normal_hours: Decimal | None


@dataclass(slots=True)
class WageFloorTable:
    """The floors of several countries on one day; each place is worked out once, when asked for."""

    on: date
    weekly_hours: Decimal | None
    agreements: frozenset[str]
    countries: dict[str, CountryBasis]
    rows: dict[str, list[FloorRow]]
    _known: dict[tuple[str, str], WageFloorResult] = field(default_factory=dict)

    def get(self, country: str, region: str = "") -> WageFloorResult:
        """The floors of a place; `region` empty means not given. Raises ValueError for a place that is not one."""
        if country not in self.countries:
            raise ValueError(f"no country {country!r} in this table")
        if region and not region.startswith(f"{country}-"):
            raise ValueError(f"{region!r} is no region of {country}")
        place = (country, region)
        if place not in self._known:
            basis = self.countries[country]
            self._known[place] = floors_for(
                self.rows.get(country, ()),
                country=country,
                region=region,
                on=self.on,
                currency=basis.currency,
                digits=minor_digits(basis.currency),
                normal_hours=basis.normal_hours,
                weekly_hours=self.weekly_hours,
                agreements=self.agreements,
            )
        return self._known[place]

    def places(self) -> Iterator[tuple[str, str]]:
        """Every country without a region, and every region with rows of its own. All other regions of a country
        share one result: that of any region without rows (`get(country, "XX-?")` of such a region)."""
        for country in sorted(self.countries):
            yield country, ""
            for region in sorted({row.region for row in self.rows.get(country, ()) if row.region}):
                yield country, region


def wage_floors(
    countries: Iterable[str] | None,
    on: date,
    weekly_hours: Decimal | int | None = None,
    *,
    agreements: frozenset[str] = frozenset(),
) -> WageFloorTable:
    """The floors of `countries` (None = all) on a day, in two queries whatever their number."""
    found = Country.objects.all() if countries is None else Country.objects.filter(pk__in=set(countries))
    bases = {
        code: CountryBasis(currency, hours if reliability != Reliability.D else None)
        for code, currency, hours, reliability in found.values_list(
            "pk", "currency", "working_hours__normal_hours", "working_hours__reliability"
        )
    }
    rows: dict[str, list[FloorRow]] = {}
    for row in WageFloor.objects.valid_on(on).filter(country__in=bases).order_by("key"):
        rows.setdefault(row.country_id, []).append(floor_row(row))
    hours = None if weekly_hours is None else Decimal(weekly_hours)
    return WageFloorTable(on=on, weekly_hours=hours, agreements=agreements, countries=bases, rows=rows)


def wage_floor(
    country: str,
    region: str | None,
    on: date,
    weekly_hours: Decimal | int | None = None,
    *,
    agreements: frozenset[str] = frozenset(),
) -> WageFloorResult:
    """What work in one place has to pay at least on a day, with provenance. `weekly_hours` only adds `.monthly`.

    `agreements` names the conditions that apply to the vacancy, such as `NL-CAO-FCC`; floors under any other condition
    are guidance. Raises ValueError for an unknown country or a region of another one.
    """
    return wage_floors([country], on, weekly_hours, agreements=agreements).get(country, region or "")


def floor_row(row: WageFloor) -> FloorRow:
    """A stored row as the plain value that the rules work on."""
    return FloorRow(
        key=row.key,
        country=row.country_id,
        region=row.region_id or "",
        kind=row.kind,
        status=row.status,
        scope=row.scope,
        occupation_scope=row.occupation_scope,
        condition=row.condition,
        stands_for_country=row.stands_for_country,
        amount=row.amount,
        percent_of_legal_minimum=row.percent_of_legal_minimum,
        currency=row.currency,
        period=row.period,
        payments_per_year=row.payments_per_year,
        paid_days_per_week=row.paid_days_per_week,
        basis=row.basis,
        weekly_hours=row.weekly_hours,
        weekly_hours_kind=row.weekly_hours_kind,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
        source_ref=row.source_ref,
        as_of=row.as_of,
        reliability=row.reliability,
        notes=row.notes,
        origin=row.origin,
        confirmed=row.confirmed_at is not None,
    )


def with_rows(table: WageFloorTable, country: str, rows: Iterable[FloorRow]) -> WageFloorTable:
    """What a table would say if the rows of one country were others; no query, and the table stays as it is."""
    return WageFloorTable(
        on=table.on,
        weekly_hours=table.weekly_hours,
        agreements=table.agreements,
        countries=table.countries,
        rows={**table.rows, country: list(rows)},
    )


def if_confirmed(table: WageFloorTable, row: WageFloor) -> WageFloorTable:
    """What a table would say if staff vouched for a stored row."""
    rows = table.rows.get(row.country_id, ())
    vouched = (replace(one, confirmed=True) if one.key == row.key else one for one in rows)
    return with_rows(table, row.country_id, vouched)
