"""Internal consistency of a scale: how far its statements say the same thing."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95


class Consistency(NamedTuple):
    """Figures of one scale of k statements answered by n people; None where nothing can be said.

    `alpha` lies at or below 1 and can be negative; `low` and `high` bound its 95 % interval. `item_total` is one
    correlation a statement, from -1 to 1, with the sum of the others.
    """

    people: int
    alpha: float | None
    low: float | None
    high: float | None
    item_total: tuple[float | None, ...]


def consistency(scores: NDArray[Any], confidence: float = CONFIDENCE) -> Consistency:
    """Cronbach's alpha with its interval, and corrected item-total correlations.

    `scores` has shape (n people, k statements), every statement scored towards the same pole. Raises ValueError for
    fewer than two statements.

    alpha = k / (k - 1) * (1 - sum of the statements' variances / variance of the sums), variances with n - 1
    (Cronbach 1951, Psychometrika 16). Interval: 1 - (1 - alpha) * F(q; n - 1, (n - 1)(k - 1)) at q = (1 + confidence) / 2
    and (1 - confidence) / 2 (Feldt, Woodruff & Salih 1987, Applied Psychological Measurement 11, formulas 6 and 7).
    It supposes that statements are equally near to what they measure and answers roughly normal; with five steps and
    three statements it is a guide.
    """
    people, statements = scores.shape
    if statements < 2:
        raise ValueError("a scale has two statements at least")
    nothing = (None,) * statements
    if people < 2:
        return Consistency(people, None, None, None, nothing)
    values = scores.astype(np.float64)
    sums = values.sum(axis=1)
    spread = float(sums.var(ddof=1))
    correlations = tuple(_correlation(values[:, at], sums - values[:, at]) for at in range(statements))
    if spread == 0:
        return Consistency(people, None, None, None, correlations)
    alpha = statements / (statements - 1) * (1 - float(values.var(axis=0, ddof=1).sum()) / spread)
    low, high = alpha_interval(alpha, people, statements, confidence)
    return Consistency(people, alpha, low, high, correlations)


def alpha_interval(alpha: float, people: int, statements: int, confidence: float) -> tuple[float, float]:
    """The two ends of the interval of alpha; both at or below 1."""
    from scipy.stats import f

    freedom = (people - 1, (people - 1) * (statements - 1))
    upper, lower = f.ppf([(1 + confidence) / 2, (1 - confidence) / 2], *freedom)
    return float(1 - (1 - alpha) * upper), float(1 - (1 - alpha) * lower)


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float | None:
    """Pearson's; None where one of them does not vary."""
    if one.std() == 0 or other.std() == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])
