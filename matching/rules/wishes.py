"""A person's own minimum and wish as pay an hour in 1/10000 EUR, the engine's unit."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

from reference.rules.rates import NoRate, RateTable
from reference.rules.wages import hourly_exact

UNIT = 10_000
FULL_TIME = 40
MOST = 10**8


def wish_eur_hour(
    amount: Decimal | None, currency: str, period: str, weekly_hours: int | None, rates: RateTable
) -> int:
    """`amount` in 1/10000 EUR an hour, rounded up so that no offer below it looks enough; 0 = not stated.

    Pay per week, month or year is spread over the most hours a week that the person wants (40 when not stated).
    A currency without an exchange rate counts as not stated: the wish cannot be compared.
    """
    if not amount or not currency:
        return 0
    try:
        factor = rates.factor(currency, "EUR")
    except NoRate:
        return 0
    exact: Fraction = hourly_exact(amount, period, weekly_hours=weekly_hours or FULL_TIME) * factor
    return min(ceil(exact * UNIT), MOST)
