"""From the levels that raters give to one result, and how sure it is. Bands are numbers: A1 = 1 … C2 = 6."""

from collections.abc import Sequence
from math import floor, sqrt
from statistics import fmean, median

FEWEST_RATERS = 2
MOST_RATERS = 3
PLACES = 6
"""Decimals of a difference that count: 2.2 - 1.2 is a hair more than a band in binary."""

FARTHEST_BANDS = 1.0
"""Two marks farther apart than this call for a third rater."""

Z_90 = 1.645
PRIOR_SPREAD_BANDS = 0.5
PRIOR_WEIGHT = 30
"""What is believed of the spread between raters before they have rated: half a band, as good as 30 comparisons."""


def mark(levels: Sequence[int]) -> float:
    """One rater's mark in bands (1–6): the mean of the levels (n,) that they gave, each criterion counting the same."""
    if not levels or not all(1 <= level <= 6 for level in levels):
        raise ValueError(f"levels lie in 1-6 and there is at least one: {levels}")
    return fmean(levels)


def too_far_apart(marks: Sequence[float]) -> bool:
    """Whether the marks (2,) of the first two raters differ by more than a band."""
    first, second = marks
    return round(abs(first - second), PLACES) > FARTHEST_BANDS


def settled(marks: Sequence[float]) -> float:
    """The result in bands (1–6) of marks (n,): the mean of two, the median of three, which one stray mark hardly moves."""
    if len(marks) < FEWEST_RATERS:
        raise ValueError("a result takes two marks at least")
    return fmean(marks) if len(marks) == FEWEST_RATERS else median(marks)


def level_of(value: float) -> int:
    """The level 1–6 of a value in bands: the nearest one; in the middle between two, the upper one."""
    return min(max(floor(value + 0.5), 1), 6)


def rater_spread(works: Sequence[Sequence[float]]) -> float:
    """Standard deviation in bands between raters of the same work, pooled over works, each a sequence of marks (n,).

    s² = (k·s₀² + Σ (x − mean of its work)²) / (k + Σ (n − 1)), with the prior s₀ = 0.5 of weight k = 30: the pooled
    within-group variance of a one-way analysis, shrunk (A. Gelman et al. (2013), Bayesian Data Analysis, 2.6).
    """
    squares = float(PRIOR_WEIGHT * PRIOR_SPREAD_BANDS**2)
    freedom = float(PRIOR_WEIGHT)
    for marks in works:
        middle = fmean(marks)
        squares += sum((one - middle) ** 2 for one in marks)
        freedom += len(marks) - 1
    return sqrt(squares / freedom)


def margin_bands(marks: Sequence[float], spread: float) -> float:
    """Half the width in bands of the 90 % interval around a result of marks (n,).

    1.645·s/√n for the spread s between raters, and never less than half the distance between these raters: where they
    disagreed more than raters usually do, the result says so.
    """
    return max(Z_90 * spread / sqrt(len(marks)), (max(marks) - min(marks)) / 2)
