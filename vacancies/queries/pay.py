"""The pay of a vacancy, country by country, against the wage floors of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from reference.queries.rates import exchange_rates
from reference.queries.wages import WageFloorTable, wage_floors
from reference.rules.rates import RateTable
from reference.rules.wages import WageFloorResult, hourly_exact, round_to
from vacancies.content import CountryRow, VersionContent
from vacancies.rules.pay import CountryOffer, PlaceOffer

FULL_TIME = 40


@dataclass(frozen=True, slots=True)
class PayFacts:
    """The floors and exchange rates of one day, read once for any number of vacancies."""

    floors: WageFloorTable
    rates: RateTable
    regions: dict[str, list[str]]

    @classmethod
    def read(cls, on: date, countries: Iterable[str] | None = None) -> "PayFacts":
        """For some countries, or for all; three queries."""
        floors = wage_floors(countries, on)
        regions: dict[str, list[str]] = defaultdict(list)
        for country, region in floors.places():
            if region:
                regions[country].append(region)
        return cls(floors, exchange_rates(on), dict(regions))


def country_offers(content: VersionContent, on: date, facts: PayFacts | None = None) -> list[CountryOffer]:
    """The offer of every hireable country on a day, in the order of the countries; three queries, none with `facts`.

    Empty while the pay range is incomplete. A weekly, monthly or yearly range is turned into pay an hour with the
    vacancy's hours a week (40 while they are not filled in), and rounded down to the unit of the country's currency.
    Raises NoRate when a currency has no exchange rate.
    """
    if content.pay_min is None or content.pay_max is None or not content.countries:
        return []
    facts = facts or PayFacts.read(on, [row.country for row in content.countries])
    return [_country_offer(content, row, facts) for row in content.countries]


def _country_offer(content: VersionContent, row: CountryRow, facts: PayFacts) -> CountryOffer:
    regions = facts.regions.get(row.country, [])
    whole, *parts = (
        _place_offer(content, row, facts.floors.get(row.country, region), facts.rates)
        for region in ["", *regions]
    )
    return CountryOffer(whole=whole, regions=tuple(parts))


def _place_offer(
    content: VersionContent, row: CountryRow, floors: WageFloorResult, rates: RateTable
) -> PlaceOffer:
    low, high = row.pay_min or content.pay_min, row.pay_max or content.pay_max
    assert low is not None
    assert high is not None
    currency = row.currency or content.pay_currency
    factor = rates.factor(currency, floors.currency)
    hours = Decimal(content.hours_week or FULL_TIME)

    def an_hour(amount: Decimal) -> Decimal:
        exact: Fraction = hourly_exact(amount, content.pay_period, weekly_hours=hours) * factor
        return round_to(exact, floors.digits, "down")

    rate = "" if factor == 1 else rates.rate(floors.currency).on.isoformat()
    return PlaceOffer(floors.country, floors.region, an_hour(low), an_hour(high), rate, floors)
