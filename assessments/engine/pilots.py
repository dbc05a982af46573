"""Which items a session tries out, and where."""

from collections.abc import Sequence
from typing import Final

import numpy as np

PILOTS_A_SESSION: Final = 2
AMONG_LEAST_GIVEN: Final = 8
FIRST_PLACE: Final = 3
"""The first two questions are never pilots, so that everybody begins with the test itself."""

PILOT_STREAM: Final = 0
"""Positions count from 1, so this stream of the session's seed belongs to nothing else."""


def place_pilots(seed: int, times_given: Sequence[int], *, min_items: int) -> dict[int, int]:
    """Position in the session → row of the pilot item given there; the same for the same seed.

    `times_given` lists how often each pilot was given before: one or two of the 8 least given are drawn (one each where
    there is only one), so that all of them are tried out by as many people of every ability. The places lie between 3
    and `min_items`: no session stops earlier, so every pilot is reached. Shorter sessions try out nothing.
    """
    rng = np.random.default_rng([seed, PILOT_STREAM])
    places = range(FIRST_PLACE, min_items + 1)
    pool = sorted(range(len(times_given)), key=lambda row: (times_given[row], row))[:AMONG_LEAST_GIVEN]
    count = min(PILOTS_A_SESSION, len(pool), len(places))
    if count <= 0:
        return {}
    rows = rng.choice(pool, count, replace=False)
    positions = sorted(rng.choice(places, count, replace=False))
    return {int(place): int(row) for place, row in zip(positions, rows, strict=True)}
