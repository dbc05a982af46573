"""Whether an amount of pay can be meant at all: a slip in the amount, the currency or the period shows here."""

from decimal import Decimal
from fractions import Fraction

from reference.rules.wages import ASSUMED_WEEKLY_HOURS, hourly_exact

MOST_EUR_HOUR = Decimal(250)
LEAST_EUR_HOUR = Decimal("0.05")


def pay_eur_hour(
    amount: Decimal, period: str, units_per_eur: Decimal, weekly_hours: Decimal | int = ASSUMED_WEEKLY_HOURS
) -> Fraction:
    """What `amount` per `period` is in euros an hour. For plausibility only."""
    return hourly_exact(amount, period, weekly_hours=weekly_hours) / Fraction(units_per_eur)


def is_absurd(eur_hour: Fraction | Decimal) -> bool:
    """More than anybody earns with this work."""
    return eur_hour > MOST_EUR_HOUR


def is_trifling(eur_hour: Fraction | Decimal) -> bool:
    """Less than any wage in the world."""
    return eur_hour < LEAST_EUR_HOUR
