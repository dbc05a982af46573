"""Converting between currencies through the euro, without Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from reference.rules.wages import Rounding, round_to


class NoRate(Exception):
    """No exchange rate on or before the day is on file for a currency."""

    def __init__(self, currency: str, on: date) -> None:
        super().__init__(f"no exchange rate for {currency} on or before {on.isoformat()}")
        self.currency, self.on = currency, on


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of `currency` for one euro, with its day and provenance."""

    currency: str
    units_per_eur: Decimal
    on: date
    kind: str
    source: str
    source_ref: str
    as_of: str
    reliability: str
    notes: str


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in the target currency and the rates that it rests on (none when nothing was converted)."""

    amount: Decimal
    currency: str
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates in force on one day, by currency."""

    on: date
    rates: Mapping[str, Rate]

    def rate(self, currency: str) -> Rate:
        """The rate of a currency. Raises NoRate."""
        try:
            return self.rates[currency]
        except KeyError:
            raise NoRate(currency, self.on) from None

    def factor(self, source: str, target: str) -> Fraction:
        """Units of `target` for one unit of `source`, exact. Raises NoRate."""
        if source == target:
            return Fraction(1)
        return Fraction(self.rate(target).units_per_eur) / Fraction(self.rate(source).units_per_eur)

    def convert(
        self, amount: Decimal, source: str, target: str, *, digits: int, rounding: Rounding = "down"
    ) -> Converted:
        """`amount` of `source` in `target` on the target's grid. Raises NoRate."""
        used = () if source == target else (self.rate(source), self.rate(target))
        return Converted(
            round_to(Fraction(amount) * self.factor(source, target), digits, rounding), target, used
        )
