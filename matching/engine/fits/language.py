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
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.columns import MAX_THETA
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
OPEN_BAND: Final = 1000

Levels = npt.NDArray[np.integer]
"""Whole numbers of any width."""


def band_edges(cuts: Sequence[int]) -> list[int]:
    """Seven edges of the six bands A1..C2, thousandths of a level, from the five cuts A2..C2."""
    return [cuts[0] - OPEN_BAND, *cuts, cuts[-1] + OPEN_BAND]


def required_value(
    level: int, measured: Levels, theta: Levels, standard_error: Levels, cuts: Sequence[int]
) -> Ints:
    """Value of one required language at `level`, for people measured in `measured` (1..6)."""
    edges = band_edges(cuts)
    middles = [(low + high) // 2 - (high - low) // 4 for low, high in pairwise(edges)]
    by_band = np.array([middles[0], *middles], dtype=np.int32)
    low, high = np.array([[edges[0], *edges[:-1]], [edges[1], *edges[1:-1], MAX_THETA]], dtype=np.int32)
    cautious = np.subtract(theta, standard_error, dtype=np.int32)
    cautious = np.minimum(np.maximum(cautious, low.take(measured)), high.take(measured))
    ability = np.where(standard_error > 0, cautious, by_band.take(measured))
    return HEADROOM.at(ability - np.int32(edges[level - 1]))


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
    both: Ints = (17 * weighted_mean(required) + 3 * weighted_mean(nice)) // 20
    return both


def weighted_mean(values: Sequence[tuple[Ints, int]]) -> Ints:
    """Sum of value * weight over sum of weights, rounded down."""
    if len(values) == 1:
        return values[0][0]
    total = sum(weight for _, weight in values)
    added = sum((value * weight for value, weight in values[1:]), values[0][0] * values[0][1])
    mean: Ints = added // total
    return mean
