"""A person's own minimum and wish as pay an hour in 1/10000 EUR, the engine's unit."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from reference.rules.rates import NoRate, RateTable
from reference.rules.wages import hourly_exact

UNIT = 10_000
FULL_TIME = 40
MOST = 10**8


def wishes_eur_hour(cents: Iterable[int], factor: Fraction) -> list[int]:
    """Amounts in hundredths, times their `wish_factor`, in 1/10000 EUR an hour; 0 = not stated.

    Rounded down as offers are, so that an offer of just that amount is enough in every currency.
    """
    times, parts = factor.numerator, factor.denominator * 100
    return [min(amount * times // parts, MOST) for amount in cents]


def wish_factor(currency: str, period: str, weekly_hours: int | None, rates: RateTable) -> Fraction:
    """1/10000 EUR an hour for one unit of the currency, exact.

    Pay per week, month or year is spread over the most hours a week that the person wants (40 when not stated). 0 for
    a currency without an exchange rate: the wish cannot be compared, and counts as not stated.
    """
    try:
        factor = rates.factor(currency, "EUR")
    except NoRate:
        return Fraction(0)
    return hourly_exact(Decimal(1), period, weekly_hours=weekly_hours or FULL_TIME) * factor * UNIT
