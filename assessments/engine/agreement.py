"""How well raters agree. Bands are numbers: A1 = 1 … C2 = 6."""

from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]
LEVELS = 6


class Agreement(NamedTuple):
    """Of `pairs` of ratings of the same work: shares (0–1) that are the same or one level apart, and kappa (None: undefined)."""

    pairs: int
    exact: float
    adjacent: float
    kappa: float | None


def quadratic_weights(levels: int = LEVELS) -> Table:
    """Disagreement (levels, levels): the square of the distance."""
    places = np.arange(levels, dtype=float)
    return np.asarray((places[:, None] - places[None, :]) ** 2)


def weighted_kappa(counts: Table, weights: Table | None = None) -> float | None:
    """Cohen's weighted kappa of a table of counts (k, k), rows the one rating, columns the other.

    κ = 1 − Σ w·o / Σ w·e, with observed shares o, the shares e expected from the margins, and disagreement weights w
    (k, k), quadratic unless given. Range −1 to 1; None where chance leaves nothing to disagree on. Reference: J. Cohen
    (1968), Weighted kappa, Psychological Bulletin 70(4), 213–220.
    """
    total = float(counts.sum())
    if not total:
        return None
    weights = quadratic_weights(len(counts)) if weights is None else weights
    observed = counts / total
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    by_chance = float((weights * expected).sum())
    return None if by_chance == 0 else 1 - float((weights * observed).sum()) / by_chance


def agreement(pairs: Sequence[tuple[int, int]], levels: int = LEVELS) -> Agreement | None:
    """Of pairs of levels (n, 2) in 1..levels, one rater's own and another's of the same work; None without any."""
    if not pairs:
        return None
    counts = np.zeros((levels, levels))
    for own, other in pairs:
        counts[own - 1, other - 1] += 1
    far = np.abs(np.subtract.outer(np.arange(levels), np.arange(levels)))
    return Agreement(
        pairs=len(pairs),
        exact=float(counts[far == 0].sum()) / len(pairs),
        adjacent=float(counts[far <= 1].sum()) / len(pairs),
        kappa=weighted_kappa(counts),
    )


def severity(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Mean in bands of own mark minus the mean of the others' of the same work (n, 2); below 0 is severe, None without any."""
    return fmean(own - others for own, others in pairs) if pairs else None
