"""A person's own minimum and wish as pay an hour in 1/10000 EUR, the engine's unit."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from reference.rules.rates import NoRate, RateTable
from reference.rules.wages import hourly_exact

UNIT = 10_000
FULL_TIME = 40
MOST = 10**8


def wish_eur_hour(
    amount: Decimal | None, currency: str, period: str, weekly_hours: int | None, rates: RateTable
) -> int:
    """`amount` in 1/10000 EUR an hour; 0 = not stated.

    Rounded down as offers are, so that an offer of just that amount is enough in every currency. Pay per week, month
    or year is spread over the most hours a week that the person wants (40 when not stated). A currency without an
    exchange rate counts as not stated: the wish cannot be compared.
    """
    if not amount or not currency:
        return 0
    try:
        factor = rates.factor(currency, "EUR")
    except NoRate:
        return 0
    exact: Fraction = hourly_exact(amount, period, weekly_hours=weekly_hours or FULL_TIME) * factor
    return min(floor(exact * UNIT), MOST)
