"""Language fit: required levels met and exceeded, and languages that would be nice.

A required language, all of whose people reached the minimum at the gate:
    cautious ability = theta - standard error            (thousandths of a level from the foot of B2),
                       kept within the measured band, C2's being open above: a higher band never counts for less
    headroom = cautious ability - lower end of the required level
    value = HEADROOM(headroom)                            0.50 .. 1
Where a measurement has no theta (certificate, rated work), the middle of the measured band
stands for theta, and a quarter of the band's width for its error. A1 and C2, open to one side,
count as wide as 1000.
A nice-to-have language: 1 when measured at its level, measured / level / 2 below it, 0 unmeasured.

    fit = weighted mean of the required; with nice-to-have ones, 17/20 of it and 3/20 of theirs;
          with nice-to-have ones only, theirs

Range [0, 1] as 0..10**7. Source: own table; one standard error is the usual cautious bound.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from matching.engine.ability import Levels, band_edges
from matching.engine.curves import Curve
from matching.engine.scale import SCALE, Ints

HEADROOM: Final = Curve(
    (
        (-1000, 5_000_000),
        (0, 7_000_000),
        (500, 8_200_000),
        (1000, 9_100_000),
        (2000, 10_000_000),
    )
)
REQUIRED_SHARE: Final = 17
NICE_SHARE: Final = 3


def ability_value(level: int, ability: Levels, cuts: Sequence[int]) -> Ints:
    """Value of one required language at `level`, for people with that cautious ability."""
    return HEADROOM.at(np.subtract(ability, band_edges(cuts)[level - 1], dtype=np.int32))


def nice_value(level: int, measured: Levels) -> Ints:
    """Value of one nice-to-have language; `measured` 0 = not measured."""
    return np.array(
        [SCALE if one >= level else SCALE * one // (2 * level) for one in range(7)], dtype=np.int64
    ).take(measured)


def language_fit(required: Sequence[tuple[Ints, int]], nice: Sequence[tuple[Ints, int]]) -> Ints:
    """Fit from (values, weight) of each required and each nice-to-have language."""
    if not required:
        return weighted_mean(nice)
    if not nice:
        return weighted_mean(required)
    both: Ints = (REQUIRED_SHARE * weighted_mean(required) + NICE_SHARE * weighted_mean(nice)) // (
        REQUIRED_SHARE + NICE_SHARE
    )
    return both


def weighted_mean(values: Sequence[tuple[Ints, int]]) -> Ints:
    """Sum of value * weight over sum of weights, rounded down."""
    if len(values) == 1:
        return values[0][0]
    total = sum(weight for _, weight in values)
    added = sum((value * weight for value, weight in values[1:]), values[0][0] * values[0][1])
    mean: Ints = added // total
    return mean
