"""Positions along a line, as percentages that SVG understands in every language."""

from collections.abc import Sequence
from decimal import Decimal

Number = int | float | Decimal
STEPS = 10_000


def percent(steps: int) -> str:
    """Steps of 1/10,000 as a percentage with a point: 1250 is "12.5%"."""
    whole, rest = divmod(steps, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def place(value: Number, low: Number, high: Number) -> int:
    """Where `value` stands between `low` and `high`, in 1/10,000, held inside 0–10,000. Needs low < high."""
    if not low < high:
        raise ValueError(f"an axis from {low} to {high} has no length")
    first = _exact(low)
    share = (_exact(value) - first) / (_exact(high) - first)
    return max(0, min(STEPS, round(share * STEPS)))


def _exact(value: Number) -> Decimal:
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


def anchor(at: int) -> str:
    """Which end of a mark's words stands at the mark (in 1/10,000), so that none sticks out of the drawing."""
    return "start" if at < 1_200 else "end" if at > STEPS - 1_200 else "middle"


def shares(values: Sequence[int], whole: int, steps: int = STEPS) -> list[int]:
    """`values` out of `whole` in `steps`, so that they add up to their rounded sum.

    Each value is cut down to whole steps; the steps left over go to the largest remainders, ties to the
    earlier value (Hamilton's method). Values are not negative and add up to at most `whole`.
    """
    if whole <= 0 or any(value < 0 for value in values) or sum(values) > whole:
        raise ValueError("shares need values from 0 that add up to at most the whole")
    cut = [value * steps // whole for value in values]
    left_over = (2 * sum(values) * steps + whole) // (2 * whole) - sum(cut)
    by_remainder = sorted(range(len(values)), key=lambda at: (-(values[at] * steps % whole), at))
    for at in by_remainder[: max(0, left_over)]:
        cut[at] += 1
    return cut


def round_ticks(low: Number, high: Number, most: int = 5) -> list[Decimal]:
    """At most `most` round numbers from `low` to `high`: steps of 1, 2 or 5 times a power of ten."""
    first, last = Decimal(str(low)), Decimal(str(high))
    if not first < last:
        raise ValueError(f"an axis from {low} to {high} has no length")
    rough = (last - first) / (most - 1)
    power = Decimal(10) ** rough.adjusted()
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    tick = -(-first // step) * step
    if tick < first:
        tick += step
    ticks = []
    while tick <= last:
        ticks.append(tick)
        tick += step
    return ticks
