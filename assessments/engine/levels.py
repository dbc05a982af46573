"""From ability to level, and whether that is sure enough to stop."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z_90 = 1.6448536269514722
"""Half width of a two-sided 90 % interval in standard errors."""

STANDARD_CUTS: Final = (-3.2, -1.6, 0.0, 1.6, 3.2)
"""Lower bounds of A2 to C2 in logits that language banks begin with, before a standard setting.

Five steps of 1.6: the CEFR descriptor scale of North (2000) runs from A1 at -4.29 to C2 at 3.90 logits, 1.64 a level.
"""

MIN_ITEMS = 8
"""Fewest items of a session of a language, so that a short lucky run does not look sure."""

StopReason = Literal["precise", "length", "no_items"]


def band(theta: float, cuts: Sequence[float]) -> int:
    """Level from 1 to len(cuts) + 1: one more than the number of cuts at or below `theta`."""
    return bisect_right(cuts, theta) + 1


class Margin(NamedTuple):
    """The 90 % interval in logits, and the levels that its ends fall into."""

    low: float
    high: float
    lowest_level: int
    highest_level: int

    @property
    def one_level(self) -> bool:
        """Whether the whole interval lies inside one level."""
        return self.lowest_level == self.highest_level


def margin(theta: float, standard_error: float, cuts: Sequence[float]) -> Margin:
    """`theta` ± 1.645 standard errors, in logits and in levels."""
    low, high = theta - Z_90 * standard_error, theta + Z_90 * standard_error
    return Margin(low, high, band(low, cuts), band(high, cuts))


def ladder_place(theta: float, cuts: Sequence[float]) -> float:
    """Place on a ladder of equal rungs: 0 is the foot of the lowest level, 1 its top, and so on; straight in between.

    The open levels at both ends are drawn as wide as their neighbours; beyond them the place stays at the end.
    """
    feet = edges(cuts)
    if theta <= feet[0]:
        return 0.0
    if theta >= feet[-1]:
        return float(len(feet) - 1)
    rung = bisect_right(feet, theta) - 1
    return rung + (theta - feet[rung]) / (feet[rung + 1] - feet[rung])


def edges(cuts: Sequence[float]) -> list[float]:
    """Feet of all levels and the top of the last, in logits; the open ones at both ends count as wide as their neighbours."""
    return [2 * cuts[0] - cuts[1], *cuts, 2 * cuts[-1] - cuts[-2]]


def reach(theta: float, cuts: Sequence[float]) -> tuple[float, float]:
    """Difficulties (logits) between which items can measure a person of that ability: a level's width either side.

    Beyond both ends of the scale as at the middle of the level there. Items further off are answered by (nearly) everybody of
    that ability alike, and a test of nothing else would give a level without ground.
    """
    feet = edges(cuts)
    width = max(high - low for low, high in pairwise(feet))
    middle = min(max(theta, feet[0] + width / 2), feet[-1] - width / 2)
    return middle - width, middle + width


class Places(NamedTuple):
    """Places in levels and their standard errors in levels, shape (people,) each."""

    place: NDArray[np.float64]
    standard_error: NDArray[np.float64]


def ladder_places(theta: ArrayLike, standard_error: ArrayLike, cuts: Sequence[float]) -> Places:
    """Logits of any bank in levels, the unit that is the same for all banks: 0 is the foot of the lowest level.

    As `ladder_place`, but straight on beyond both ends; a standard error is divided by the width of the level in
    which theta lies. Shapes (people,) and (people,).
    """
    feet, logits = np.asarray(edges(cuts)), np.asarray(theta, dtype=np.float64)
    rung = np.clip(np.searchsorted(feet, logits, "right") - 1, 0, len(cuts))
    width = np.diff(feet)[rung]
    return Places(rung + (logits - feet[rung]) / width, np.asarray(standard_error, np.float64) / width)


SURE: Final = 0.88
"""How probable the level has to be before a session ends early."""
NARROW: Final = 0.375
"""How small the standard error (levels) has to be too: at the open ends a level is soon sure, an ability is not.

0.6 logits where a level is 1.6 wide, as of languages, and 0.75 where it is 2, as of skills."""


def sure_enough(
    theta: ArrayLike, standard_error: ArrayLike, certainty: ArrayLike, cuts: Sequence[float]
) -> NDArray[np.bool_]:
    """Whether the level is as probable as SURE and the standard error as small as NARROW, one by one.

    `theta` and `standard_error` in logits, `certainty` the probability of the level; shape (people,) each.
    """
    in_levels = ladder_places(theta, standard_error, cuts).standard_error
    return np.asarray((np.asarray(certainty) >= SURE) & (in_levels <= NARROW + ROUNDING))


ROUNDING: Final = 1e-9
"""What a division may lose: 0.6 logits of a level from 1.6 to 3.2 are narrow enough too."""


def stop_reason(
    sure: bool,
    *,
    answered: int,
    unseen: int,
    max_items: int,
    min_items: int = MIN_ITEMS,
) -> StopReason | None:
    """Why a session ends after `answered` items, or None when it goes on.

    It ends when it is `sure`, as `sure_enough` has it (after at least `min_items`, since a short lucky run can look sure),
    at its length limit, or when no unseen item is left. So items are spent where they tell: few in the middle of a level,
    more near a cut. Where both numbers are the same, every session is as long.
    """
    may_stop = min_items < max_items and answered >= min_items
    if may_stop and sure:
        return "precise"
    if answered >= max_items:
        return "length"
    return "no_items" if unseen == 0 else None
