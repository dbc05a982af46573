"""Curves as tables of integers, straight between the points, flat outside them.

They belong to the engine's version: no exponential is ever computed, because its last bit
differs between processors.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.scale import Ints


@dataclass(frozen=True, slots=True)
class Curve:
    """Points (x, y), x strictly ascending. y in 1/10**7; |x| and |y| at most 2**30."""

    points: tuple[tuple[int, int], ...]

    def at(self, values: npt.NDArray[np.integer]) -> Ints:
        """y for each x, int64: y0 + (x - x0) * (y1 - y0) // (x1 - x0), rounded down."""
        first, last = self.points[0][0], self.points[-1][0]
        if last - first <= _TABLE_LIMIT:
            return _table(self).take(values - first, mode="clip")
        inside = np.clip(values, first, last)
        result = np.empty(len(inside), dtype=np.int64)
        for (x0, y0), (x1, y1) in pairwise(self.points):
            stretch = y0 + (inside - x0) * (y1 - y0) // (x1 - x0)
            np.copyto(result, stretch, where=inside >= x0)
        return result


_TABLE_LIMIT: Final = 1 << 12
"""Curves over no more whole numbers than that are looked up; their table fits the cache."""


@lru_cache(maxsize=64)
def _table(curve: Curve) -> Ints:
    """y of every whole x from the first point to the last."""
    values = [
        y0 + (x - x0) * (y1 - y0) // (x1 - x0)
        for (x0, y0), (x1, y1) in pairwise(curve.points)
        for x in range(x0, x1)
    ]
    return np.array([*values, curve.points[-1][1]], dtype=np.int64)
