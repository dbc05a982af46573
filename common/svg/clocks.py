"""One day on two clocks: where a shift and somebody's hours meet. Minutes throughout."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common.svg.scale import place

DAY = 1440
NIGHT = (22 * 60, 30 * 60)
Span = tuple[int, int]


def unwound(blocks: Iterable[Span]) -> list[Span]:
    """Blocks of clock minutes with a plain length: 22:00–06:00 becomes (1320, 1800). 0 < length ≤ a day."""
    spans = []
    for start, end in blocks:
        length = (end - start) % DAY or DAY
        spans.append((start % DAY, start % DAY + length))
    return spans


def seen(spans: Iterable[Span], first: int, last: int) -> list[Span]:
    """The parts of daily repeated `spans` inside the window [first, last), merged and in order."""
    cut = []
    for start, end in spans:
        shift = first - end
        shift += -shift % DAY
        while start + shift < last:
            low, high = max(start + shift, first), min(end + shift, last)
            if low < high:
                cut.append((low, high))
            shift += DAY
    merged: list[Span] = []
    for low, high in sorted(cut):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def common_minutes(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Where both hold; each list is merged and in order."""
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return sorted((low, high) for low, high in pairs if low < high)


@dataclass(frozen=True, slots=True)
class Strip:
    """A rectangle along the day, in 1/10,000 of its length."""

    start: int
    width: int


@dataclass(frozen=True, slots=True)
class TwoClocks:
    """Everything to draw. The window begins at `first` on the upper clock."""

    first: int
    shift: list[Strip]
    availability: list[Strip]
    overlap: list[Strip]
    night_above: list[Strip]
    night_below: list[Strip]
    overlap_minutes: int
    shift_minutes: int
    moved: list[int]


def two_clocks(
    shift: Sequence[Span], availability: Sequence[Span], ahead: int, other_ahead: Sequence[int] = ()
) -> TwoClocks:
    """Lay a shift (upper clock) and availability (lower clock) on the same instants.

    `ahead` is how many minutes the lower clock is ahead of the upper one; `other_ahead` the same for other parts of
    the year, whose edges of availability come back as `moved`. The window starts at midnight, at noon for a
    shift over midnight. Both lists repeat every day.
    """
    plain = unwound(shift)
    first = DAY // 2 if any(end > DAY for _, end in plain) else 0
    last = first + DAY

    def above(spans: Iterable[Span]) -> list[Span]:
        return seen(spans, first, last)

    def below(spans: Iterable[Span], by: int) -> list[Span]:
        return seen([(start - by, end - by) for start, end in spans], first, last)

    def strips(spans: Iterable[Span]) -> list[Strip]:
        edges = [(place(low, first, last), place(high, first, last)) for low, high in spans]
        return [Strip(low, high - low) for low, high in edges]

    upper, lower = above(plain), below(unwound(availability), ahead)
    both = common_minutes(upper, lower)
    held = {edge for span in lower for edge in span}
    moved = {
        edge
        for by in other_ahead
        for span in below(unwound(availability), by)
        for edge in span
        if edge not in held and first < edge < last
    }
    return TwoClocks(
        first=first,
        shift=strips(upper),
        availability=strips(lower),
        overlap=strips(both),
        night_above=strips(above([NIGHT])),
        night_below=strips(below([NIGHT], ahead)),
        overlap_minutes=sum(high - low for low, high in both),
        shift_minutes=sum(high - low for low, high in upper),
        moved=sorted(place(edge, first, last) for edge in moved),
    )


def hour_marks(first: int, ahead: int = 0, every: int = 180) -> list[tuple[int, int]]:
    """Clock marks of one strip as (position in 1/10,000, minute of that clock's day), each `every` minutes."""
    begin = first + ahead
    mark = begin + -begin % every
    marks = []
    while mark <= begin + DAY:
        marks.append((place(mark - begin, 0, DAY), mark % DAY))
        mark += every
    return marks
