"""Whether an amount of pay can be meant."""

from collections.abc import Mapping
from decimal import Decimal

from common.money import PayPeriod

# Of a 40-hour week and a month of 52/12 weeks.
HOURS: Mapping[str, Decimal] = {
    PayPeriod.HOUR: Decimal(1),
    PayPeriod.DAY: Decimal(8),
    PayPeriod.WEEK: Decimal(40),
    PayPeriod.MONTH: Decimal(40 * 52) / 12,
    PayPeriod.YEAR: Decimal(40 * 52),
}
MOST_EUR_HOUR = Decimal(250)


def pay_eur_hour(amount: Decimal, period: str, units_per_eur: Decimal) -> Decimal:
    """What `amount` per `period` is in euros an hour of full-time work, to the cent. For plausibility only."""
    return (amount / HOURS[period] / units_per_eur).quantize(Decimal("0.01"))


def is_absurd(eur_hour: Decimal) -> bool:
    """More than anybody asks for this work: a slip in the amount, the currency or the period."""
    return eur_hour > MOST_EUR_HOUR
