"""How much two people's tests have in common."""

import numpy as np
from numpy.typing import ArrayLike


def overlap_rate(times_given: ArrayLike, sessions: int) -> float | None:
    """Mean share of items that two sessions, drawn at random, have in common: from 0 (none) to 1 (all).

    Σ m (m − 1) / (N (N − 1)) pairs share an item, over the mean length Σ m / N, where m is in how many of the N sessions
    each item was given (Chen, Ankenmann and Spray 2003). None below two sessions, or where nothing was given.
    """
    times = np.asarray(times_given, dtype=np.float64)
    if sessions < 2 or times.sum() == 0:
        return None
    shared = (times * (times - 1)).sum() / (sessions * (sessions - 1))
    return float(shared / (times.sum() / sessions))
