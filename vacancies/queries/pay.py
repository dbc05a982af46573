"""The pay of a vacancy, country by country, against the wage floors of a day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from reference.queries.rates import exchange_rates
from reference.queries.wages import WageFloorTable, wage_floors
from reference.rules.rates import RateTable
from reference.rules.wages import WageFloorResult, hourly_exact, round_to
from vacancies.content import CountryRow, VersionContent
from vacancies.rules.pay import CountryOffer, PlaceOffer


def country_offers(content: VersionContent, on: date) -> list[CountryOffer]:
    """The offer of every hireable country on a day, in the order of the countries; three queries.

    Empty while the pay range is incomplete. A weekly, monthly or yearly range is turned into pay an hour with the
    vacancy's hours a week (40 while they are not filled in), and rounded down to the unit of the country's currency.
    Raises NoRate when a currency has no exchange rate.
    """
    if content.pay_min is None or content.pay_max is None or not content.countries:
        return []
    hours = Decimal(content.hours_week or 40)
    table = wage_floors([row.country for row in content.countries], on, hours)
    rates = exchange_rates(on)
    return [_country_offer(content, row, table, rates, hours) for row in content.countries]


def _country_offer(
    content: VersionContent, row: CountryRow, table: WageFloorTable, rates: RateTable, hours: Decimal
) -> CountryOffer:
    places = [region for country, region in table.places() if country == row.country]
    whole, *regions = (
        _place_offer(content, row, table.get(row.country, region), rates, hours) for region in places
    )
    return CountryOffer(whole=whole, regions=tuple(regions))


def _place_offer(
    content: VersionContent, row: CountryRow, floors: WageFloorResult, rates: RateTable, hours: Decimal
) -> PlaceOffer:
    low, high = row.pay_min or content.pay_min, row.pay_max or content.pay_max
    assert low is not None
    assert high is not None
    currency = row.currency or content.pay_currency
    factor = rates.factor(currency, floors.currency)

    def an_hour(amount: Decimal) -> Decimal:
        exact: Fraction = hourly_exact(amount, content.pay_period, weekly_hours=hours) * factor
        return round_to(exact, floors.digits, "down")

    rate = "" if factor == 1 else rates.rate(floors.currency).on.isoformat()
    return PlaceOffer(floors.country, floors.region, an_hour(low), an_hour(high), rate, floors)
