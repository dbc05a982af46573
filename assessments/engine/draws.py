"""Randomness that stands still: the same session draws the same numbers on every machine and in every version."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
MIXERS: Final = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
LAST_SHIFT: Final = np.uint64(31)


def draws(seeds: ArrayLike, *places: ArrayLike) -> NDArray[np.float64]:
    """Numbers in [0, 1), one for each seed and place, which broadcast: SplitMix64 (Steele, Lea and Flood 2014).

    `seeds` and `places` are whole numbers from 0 to 2⁶³ - 1. The stream of a seed is hashed with each place in turn, so that
    draws (7, 1) and (7, 2) have nothing to do with each other. 53 bits, like any float from Python's own generator.
    """
    state = _mixed(np.asarray(seeds).astype(np.uint64))
    for place in places:
        state = _mixed(state ^ np.asarray(place).astype(np.uint64))
    return (state >> np.uint64(11)).astype(np.float64) / 2.0**53


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        state = state + GOLDEN
        for shift, factor in MIXERS:
            state = (state ^ (state >> shift)) * factor
    return state ^ (state >> LAST_SHIFT)
