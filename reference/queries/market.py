"""What the market pays for customer-service work, where a source says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reference.enums import PayStatistic, Reliability, WageBasis
from reference.models import MarketPay
from reference.names import minor_digits
from reference.rules.wages import ASSUMED_WEEKLY_HOURS, hourly

LOW_ENDS = (PayStatistic.P25, PayStatistic.LOW)
HIGH_ENDS = (PayStatistic.P75, PayStatistic.HIGH)


@dataclass(frozen=True, slots=True)
class MarketBand:
    """Usual pay an hour in a country: the middle half where the source has quartiles, else the range it states.

    `low` and `high` are in `currency`; the rows behind them carry source, date and reliability.
    """

    country: str
    currency: str
    low: Decimal
    high: Decimal
    low_row: MarketPay
    high_row: MarketPay


def market_bands(countries: Iterable[str]) -> dict[str, MarketBand]:
    """The band of each country that has one, by country, in one query. Most countries have none."""
    rows = (
        MarketPay.objects.filter(country__in=set(countries), main=True, basis=WageBasis.GROSS)
        .exclude(reliability=Reliability.D)
        .select_related("country__working_hours")
        .order_by("country", "-as_of", "key")
    )
    by_country: dict[str, list[MarketPay]] = {}
    for row in rows:
        by_country.setdefault(row.country_id, []).append(row)
    bands = (_band(country, found) for country, found in by_country.items())
    return {band.country: band for band in bands if band is not None}


def _band(country: str, rows: list[MarketPay]) -> MarketBand | None:
    low_row = next((row for row in rows if row.statistic in LOW_ENDS), None)
    high_row = next((row for row in rows if row.statistic in HIGH_ENDS), None)
    if low_row is None or high_row is None or low_row.currency != high_row.currency:
        return None
    return MarketBand(country, low_row.currency, _hourly(low_row), _hourly(high_row), low_row, high_row)


def _hourly(row: MarketPay) -> Decimal:
    hours = getattr(row.country, "working_hours", None)
    normal = hours.normal_hours if hours and hours.reliability != Reliability.D else None
    return hourly(
        row.amount,
        row.period,
        normal or ASSUMED_WEEKLY_HOURS,
        digits=minor_digits(row.currency),
        rounding="down",
    )
