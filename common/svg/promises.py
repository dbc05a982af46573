"""Promise dates on a line of days: how many answers fall due on each, by who owes them."""

from collections.abc import Iterable
from typing import NamedTuple

BEFORE, AFTER = 7, 14
"""Days shown before and after today; whatever lies further away stands in the first or the last column."""


class Due(NamedTuple):
    """Answers that fall due `offset` days after today (before it when negative), owed here and by the other side."""

    offset: int
    ours: int
    theirs: int


class Column(NamedTuple):
    """One day: where its middle stands in 1/10,000, and the heights of both blocks in 1/10,000 of the tallest."""

    offset: int
    middle: int
    ours: int
    theirs: int


def columns(dues: Iterable[Due]) -> list[Column]:
    """The days with an answer due, from the first shown to the last. Raises ValueError for negative numbers."""
    days: dict[int, tuple[int, int]] = {}
    for due in dues:
        if due.ours < 0 or due.theirs < 0:
            raise ValueError("nobody owes less than no answer")
        at = max(-BEFORE, min(AFTER, due.offset))
        ours, theirs = days.get(at, (0, 0))
        days[at] = (ours + due.ours, theirs + due.theirs)
    tallest = max((sum(both) for both in days.values()), default=0)
    if not tallest:
        return []
    return [
        Column(at, middle_of(at), ours * 10_000 // tallest, theirs * 10_000 // tallest)
        for at, (ours, theirs) in sorted(days.items())
        if ours or theirs
    ]


def middle_of(offset: int) -> int:
    """The middle of a day's column, in 1/10,000 of the whole line."""
    whole = BEFORE + AFTER + 1
    return (2 * (offset + BEFORE) + 1) * 10_000 // (2 * whole)
