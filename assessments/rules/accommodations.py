"""What accommodations come to."""

from decimal import Decimal
from typing import NamedTuple

NO_LIMIT = Decimal(0)
"""Time factor of a person without a time limit."""


class Accommodations(NamedTuple):
    """What holds in every test of a person: `time_factor` stretches a time limit, 0 takes it away."""

    time_factor: Decimal = Decimal(1)
    screen_reader: bool = False
    larger_type: bool = False


def time_factor(extra_percent: int, no_limit: bool) -> Decimal:
    """1.00, 1.25, 1.50 or 2.00; 0 without a limit."""
    return NO_LIMIT if no_limit else 1 + Decimal(extra_percent) / 100


def allowed_seconds(seconds: int, factor: Decimal) -> int | None:
    """A time limit as the person has it, in whole seconds; None without one."""
    return int(seconds * factor) if factor else None
