"""The cautious ability in a language that a measurement stands for; `fits/language.py` defines it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.columns import MAX_THETA

OPEN_BAND: Final = 1000

Levels = npt.NDArray[np.integer]
"""Whole numbers of any width."""


def band_edges(cuts: Sequence[int]) -> list[int]:
    """Seven edges of the six bands A1..C2, thousandths of a level, from the five cuts A2..C2."""
    return [cuts[0] - OPEN_BAND, *cuts, cuts[-1] + OPEN_BAND]


def cautious_ability(
    measured: Levels, theta: Levels, standard_error: Levels, cuts: Sequence[int]
) -> npt.NDArray[np.int32]:
    """int32 (m,), thousandths of a level, of people measured in `measured` (1..6; for 0 it means nothing)."""
    edges = band_edges(cuts)
    middles = [(low + high) // 2 - (high - low) // 4 for low, high in pairwise(edges)]
    by_band = np.array([middles[0], *middles], dtype=np.int32)
    low, high = np.array([[edges[0], *edges[:-1]], [edges[1], *edges[1:-1], MAX_THETA]], dtype=np.int32)
    cautious = np.subtract(theta, standard_error, dtype=np.int32)
    cautious = np.minimum(np.maximum(cautious, low.take(measured)), high.take(measured))
    return np.where(standard_error > 0, cautious, by_band.take(measured))
