"""Curves as tables of integers, straight between the points, flat outside them.

They belong to the engine's version: no exponential is ever computed, because its last bit
differs between processors.
"""

from dataclasses import dataclass

import numpy as np

from matching.engine.scale import Ints


@dataclass(frozen=True, slots=True)
class Curve:
    """Points (x, y), x strictly ascending. y in 1/10**7; |x| and |y| at most 2**30."""

    points: tuple[tuple[int, int], ...]

    def at(self, values: Ints) -> Ints:
        """y for each x, int64: y0 + (x - x0) * (y1 - y0) // (x1 - x0), rounded down."""
        xs = np.array([x for x, _ in self.points], dtype=np.int64)
        ys = np.array([y for _, y in self.points], dtype=np.int64)
        inside = np.clip(values, xs[0], xs[-1])
        left = np.clip(np.searchsorted(xs, inside, side="right") - 1, 0, len(xs) - 2)
        rise, run = ys[left + 1] - ys[left], xs[left + 1] - xs[left]
        result: Ints = ys[left] + (inside - xs[left]) * rise // run
        return result
