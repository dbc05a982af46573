"""Exchange rates of a day."""

from datetime import date
from decimal import Decimal

from reference.models import ExchangeRate
from reference.names import minor_digits
from reference.rules.rates import Converted, Rate, RateTable
from reference.rules.wages import Rounding


def exchange_rates(on: date) -> RateTable:
    """The newest rate of every currency on or before a day, in one query."""
    rows = ExchangeRate.objects.filter(on__lte=on).order_by("currency", "-on").distinct("currency")
    return RateTable(
        on=on,
        rates={
            row.currency: Rate(
                currency=row.currency,
                units_per_eur=row.units_per_eur,
                on=row.on,
                kind=row.kind,
                source=row.source,
                source_ref=row.source_ref,
                as_of=row.as_of,
                reliability=row.reliability,
                notes=row.notes,
            )
            for row in rows
        },
    )


def convert(amount: Decimal, source: str, target: str, on: date, *, rounding: Rounding = "down") -> Converted:
    """One amount in another currency with the rates used. Raises NoRate. For many amounts take `exchange_rates`."""
    return exchange_rates(on).convert(amount, source, target, digits=minor_digits(target), rounding=rounding)
