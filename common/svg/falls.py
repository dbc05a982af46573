"""A waterfall: everyone, who falls at each step, who is left."""

from collections.abc import Sequence
from typing import NamedTuple

from common.svg.scale import place


class Fall(NamedTuple):
    """One row, in 1/10,000 of everyone: who is still there after it, and who falls at it."""

    left: int
    fallen: int
    left_count: int


def falls(counts: Sequence[int]) -> list[Fall]:
    """Rows for `counts` = everyone, fallen at step 1, 2, …, left at the end.

    Raises ValueError unless everyone minus all who fall is exactly who is left.
    """
    if len(counts) < 2 or any(count < 0 for count in counts):
        raise ValueError("a waterfall needs everyone first and who is left last")
    everyone, *steps, end = counts
    if everyone - sum(steps) != end:
        raise ValueError(f"{everyone} minus {sum(steps)} is not {end}")
    whole = max(everyone, 1)
    rows = [Fall(place(everyone, 0, whole), 0, everyone)]
    left = everyone
    for fallen in steps:
        before = place(left, 0, whole)
        left -= fallen
        rows.append(Fall(place(left, 0, whole), before - place(left, 0, whole), left))
    rows.append(Fall(place(end, 0, whole), 0, end))
    return rows
