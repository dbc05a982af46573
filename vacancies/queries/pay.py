"""The pay of a vacancy, country by country, against the wage floors of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from reference.enums import RateKind
from reference.models import Region
from reference.queries.market import MarketBand, market_bands
from reference.queries.rates import exchange_rates
from reference.queries.wages import WageFloorTable, wage_floors
from reference.rules.rates import NoRate, RateTable
from reference.rules.wages import ASSUMED_WEEKLY_HOURS, WageFloorResult, hourly_exact, round_to
from vacancies.content import CountryRow, VersionContent
from vacancies.rules.pay import CountryOffer, PlaceOffer, UnpricedCountry


@dataclass(frozen=True, slots=True)
class PayFacts:
    """The floors, the exchange rates and the market bands of one day, read once for any number of vacancies.

    `regions` holds, for each country whose floors differ by region, all its regions with the floors there.
    """

    floors: WageFloorTable
    rates: RateTable
    regions: dict[str, list[tuple[Region, WageFloorResult]]]
    markets: dict[str, MarketBand]

    @classmethod
    def read(cls, on: date, countries: Iterable[str] | None = None) -> "PayFacts":
        """For some countries, or for all; four queries, and one for the regions where there are any."""
        floors = wage_floors(countries, on)
        return cls(floors, exchange_rates(on), _regions(floors), market_bands(floors.countries))


def _regions(table: WageFloorTable) -> dict[str, list[tuple[Region, WageFloorResult]]]:
    own = {region for _country, region in table.places() if region}
    countries = {region[:2] for region in own}
    if not countries:
        return {}
    found: dict[str, list[tuple[Region, WageFloorResult]]] = {}
    for region in Region.objects.filter(country__in=countries).order_by("code"):
        country = region.country_id
        # Regions without rows share one result, so it is worked out once.
        floors = table.get(country, region.pk if region.pk in own else f"{country}-?")
        found.setdefault(country, []).append((region, floors))
    return found


def country_offers(content: VersionContent, on: date, facts: PayFacts | None = None) -> list[CountryOffer]:
    """The offer of every hireable country on a day, in the order of the countries; no query with `facts`.

    A country whose floors differ by region carries an offer for each of its regions: one without a row of its own
    is judged by the national floor, not by the highest among its neighbours. Empty while the pay range is incomplete.
    A weekly, monthly or yearly range is turned into pay an hour with the vacancy's hours a week (40 while they are not
    filled in), and rounded down to the unit of the country's currency. Raises NoRate when a currency has no rate.
    """
    if not _has_pay(content):
        return []
    facts = facts or PayFacts.read(on, [row.country for row in content.countries])
    return [_country_offer(content, row, facts) for row in content.countries]


def offers_to_show(content: VersionContent, on: date) -> list[CountryOffer | UnpricedCountry]:
    """As `country_offers`, for a page: a country without an exchange rate says so itself, and the others stand."""
    if not _has_pay(content):
        return []
    facts = PayFacts.read(on, [row.country for row in content.countries])
    found: list[CountryOffer | UnpricedCountry] = []
    for row in content.countries:
        try:
            found.append(_country_offer(content, row, facts))
        except NoRate as error:
            found.append(UnpricedCountry(row.country, error.currency))
    return found


def _has_pay(content: VersionContent) -> bool:
    return content.pay_min is not None and content.pay_max is not None and bool(content.countries)


def _country_offer(content: VersionContent, row: CountryRow, facts: PayFacts) -> CountryOffer:
    return CountryOffer(
        whole=_place_offer(content, row, None, facts.floors.get(row.country), facts.rates),
        regions=tuple(
            _place_offer(content, row, region, floors, facts.rates)
            for region, floors in facts.regions.get(row.country, ())
        ),
        market=facts.markets.get(row.country),
    )


def _place_offer(
    content: VersionContent, row: CountryRow, region: Region | None, floors: WageFloorResult, rates: RateTable
) -> PlaceOffer:
    low, high = row.pay_min or content.pay_min, row.pay_max or content.pay_max
    assert low is not None
    assert high is not None
    currency = row.currency or content.pay_currency
    factor = rates.factor(currency, floors.currency)
    hours = Decimal(content.hours_week or ASSUMED_WEEKLY_HOURS)

    def an_hour(amount: Decimal) -> Decimal:
        exact: Fraction = hourly_exact(amount, content.pay_period, weekly_hours=hours) * factor
        return round_to(exact, floors.digits, "down")

    rate = "" if factor == 1 else _rate_day(rates, currency, floors.currency)
    place, name = (region.pk, str(region)) if region else ("", "")
    return PlaceOffer(floors.country, place, an_hour(low), an_hour(high), rate, floors, name)


def _rate_day(rates: RateTable, *currencies: str) -> str:
    """The day of the older of the rates that a conversion through the euro rests on."""
    used = [rates.rate(code) for code in currencies]
    return min((rate.on.isoformat() for rate in used if rate.kind != RateKind.DEFINITION), default="")
