"""Pay on one line: floor, market, offer and what the person asks for, in one currency per hour."""

from dataclasses import dataclass
from decimal import Decimal

from common.svg.scale import place, round_ticks


@dataclass(frozen=True, slots=True)
class WageBand:
    """Positions in 1/10,000 of the line; None where a figure is not known."""

    ticks: list[tuple[int, Decimal]]
    floor: int | None
    market: tuple[int, int] | None
    offer: tuple[int, int] | None
    below_floor: int | None
    minimum: int | None
    wish: int | None


def _pair(low: Decimal | None, high: Decimal | None) -> tuple[Decimal, Decimal] | None:
    known = [amount for amount in (low, high) if amount is not None]
    if not known:
        return None
    if min(known) != known[0]:
        raise ValueError(f"a range from {low} to {high} runs backwards")
    return known[0], known[-1]


def wage_positions(
    *,
    floor: Decimal | None = None,
    market: tuple[Decimal | None, Decimal | None] = (None, None),
    offer: tuple[Decimal | None, Decimal | None] = (None, None),
    minimum: Decimal | None = None,
    wish: Decimal | None = None,
    cleared: bool = False,
) -> WageBand:
    """Lay the known figures on a line that holds them all with room at both ends.

    `below_floor` is how much of the offer's start lies at or below the floor; None where it is `cleared` (some
    floors are cleared by their own amount). Raises ValueError when nothing is known or a range runs backwards.
    """
    market_range, offer_range = _pair(*market), _pair(*offer)
    amounts = [amount for amount in (floor, minimum, wish) if amount is not None]
    amounts += [amount for pair in (market_range, offer_range) if pair for amount in pair]
    if not amounts:
        raise ValueError("no figure to draw")
    room = max((max(amounts) - min(amounts)) * Decimal("0.18"), max(amounts) * Decimal("0.04"))
    low, high = max(Decimal(0), min(amounts) - room), max(amounts) + room

    def at(amount: Decimal | None) -> int | None:
        return None if amount is None else place(amount, low, high)

    def span(pair: tuple[Decimal, Decimal] | None) -> tuple[int, int] | None:
        if pair is None:
            return None
        start, end = place(pair[0], low, high), place(pair[1], low, high)
        return start, end - start

    offer_span, floor_at = span(offer_range), at(floor)
    below = None
    touched = not cleared and floor is not None and offer_range is not None and offer_range[0] <= floor
    if touched and offer_span and floor_at is not None:
        below = min(offer_span[1], floor_at - offer_span[0])
    return WageBand(
        ticks=[(place(tick, low, high), tick) for tick in round_ticks(low, high)],
        floor=floor_at,
        market=span(market_range),
        offer=offer_span,
        below_floor=below,
        minimum=at(minimum),
        wish=at(wish),
    )
