"""Differential item functioning: whether people of the same ability but of different groups fare alike on an item."""

from math import erfc, exp, log, sqrt
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

ETS_SCALE: Final = -2.35
"""Delta = −2.35 ln(odds ratio): the scale on which ETS expresses difficulty (Holland and Thayer 1988)."""

STRATA: Final = 10
FEWEST_IN_GROUP: Final = 100
"""Answers that each of two groups needs before they are compared; below that only large differences would be seen, and
small groups stay unread."""

Z_95: Final = 1.959963984540054
Z_95_ONE_SIDED: Final = 1.6448536269514722
CHANCE: Final = 0.01
"""Below this chance the logistic check calls a difference real."""

DifClass = Literal["A", "B", "C"]


class MantelHaenszel(NamedTuple):
    """`odds_ratio` of the reference group against the focal one; `delta` on the ETS scale with its standard error
    (negative: harder for the focal group); `chi_square` with one degree of freedom, continuity-corrected."""

    odds_ratio: float
    delta: float
    standard_error: float
    chi_square: float

    @property
    def ets_class(self) -> DifClass:
        """A negligible, B some, C much: by size and by what chance alone could do (Zieky 1993).

        A: |delta| below 1, or not different from 0 at 5 %. C: at least 1.5 and above 1 at 5 %, one-sided. B: the others.
        """
        size = abs(self.delta)
        if size < 1.0 or size <= Z_95 * self.standard_error:
            return "A"
        return "C" if size >= 1.5 and size - Z_95_ONE_SIDED * self.standard_error > 1.0 else "B"


def mantel_haenszel(tables: ArrayLike) -> MantelHaenszel | None:
    """The common odds ratio of 2 × 2 tables, one a stratum of ability (Mantel and Haenszel 1959).

    `tables`: shape (strata, 4): right and wrong of the reference group, right and wrong of the focal group. The odds ratio
    is Σ(A D / N) / Σ(B C / N), its standard error after Robins, Breslow and Greenland (1986). None where nothing can be
    compared: no stratum has both groups, both right and wrong.
    """
    counts = np.asarray(tables, dtype=np.float64)
    a, b, c, d = counts.T
    n = counts.sum(axis=1)
    used = ((a + b) > 0) & ((c + d) > 0) & ((a + c) > 0) & ((b + d) > 0)
    a, b, c, d, n = a[used], b[used], c[used], d[used], n[used]
    right, wrong = (a * d / n).sum(), (b * c / n).sum()
    if right == 0 or wrong == 0:
        return None
    p, q = (a + d) / n, (b + c) / n
    r, s = a * d / n, b * c / n
    variance = (
        (p * r).sum() / (2 * right**2)
        + (p * s + q * r).sum() / (2 * right * wrong)
        + (q * s).sum() / (2 * wrong**2)
    )
    expected = (a + b) * (a + c) / n
    spread = ((a + b) * (c + d) * (a + c) * (b + d) / (n**2 * np.maximum(n - 1, 1))).sum()
    chi_square = max(abs(float((a - expected).sum())) - 0.5, 0.0) ** 2 / spread
    return MantelHaenszel(
        odds_ratio=float(right / wrong),
        delta=ETS_SCALE * log(right / wrong),
        standard_error=-ETS_SCALE * sqrt(variance),
        chi_square=float(chi_square),
    )


def strata_tables(theta: ArrayLike, right: ArrayLike, focal: ArrayLike) -> NDArray[np.float64]:
    """Counts for `mantel_haenszel`: people cut by ability into up to 10 strata of as many each.

    `theta` (people,) logits; `right` and `focal` (people,) true or false. Shape (strata, 4).
    """
    ability, correct, in_focal = np.asarray(theta), np.asarray(right, bool), np.asarray(focal, bool)
    edges = np.unique(np.quantile(ability, np.linspace(0, 1, STRATA + 1)[1:-1]))
    stratum = np.searchsorted(edges, ability, "right")
    tables = np.zeros((len(edges) + 1, 4))
    place = np.where(in_focal, 2, 0) + np.where(correct, 0, 1)
    np.add.at(tables, (stratum, place), 1)
    return tables


class LogisticCheck(NamedTuple):
    """Likelihood-ratio chi-squares with one degree of freedom and their chances: `uniform`, the same shift at every
    ability, and `non_uniform`, a shift that depends on it."""

    uniform: float
    uniform_p: float
    non_uniform: float
    non_uniform_p: float

    @property
    def real(self) -> bool:
        """Whether either difference is more than chance would do."""
        return min(self.uniform_p, self.non_uniform_p) < CHANCE


def logistic_check(theta: ArrayLike, right: ArrayLike, focal: ArrayLike) -> LogisticCheck | None:
    """Logistic regression of the answer on ability, then group, then both together (Swaminathan and Rogers 1990).

    Shapes as in `strata_tables`. None where an answer can be told without error, so that no estimate exists.
    """
    ability = np.asarray(theta, dtype=np.float64)
    group, y = np.asarray(focal, dtype=np.float64), np.asarray(right, dtype=np.float64)
    one = np.ones_like(ability)
    columns = [one, ability, group, ability * group]
    fits = [_log_likelihood(np.column_stack(columns[:count]), y) for count in (2, 3, 4)]
    if any(fit is None for fit in fits):
        return None
    base, with_group, with_both = (float(fit) for fit in fits if fit is not None)
    uniform, non_uniform = 2 * (with_group - base), 2 * (with_both - with_group)
    return LogisticCheck(uniform, chance_of(uniform), non_uniform, chance_of(non_uniform))


MOST_STEPS: Final = 50


def _log_likelihood(x: NDArray[np.float64], y: NDArray[np.float64]) -> float | None:
    """At its maximum, by Newton's method; None where there is none."""
    beta = np.zeros(x.shape[1])
    before = -np.inf
    for _step in range(MOST_STEPS):
        power = x @ beta
        chance = 1 / (1 + np.exp(-np.clip(power, -30, 30)))
        found = float(y @ power - np.logaddexp(0.0, power).sum())
        if abs(found - before) < 1e-9:
            return found
        before = found
        try:
            beta = beta + np.linalg.solve((x * (chance * (1 - chance))[:, None]).T @ x, x.T @ (y - chance))
        except np.linalg.LinAlgError:
            return None
        if np.abs(beta).max() > 50:
            return None
    return None


def chance_of(chi_square: float, degrees: Literal[1, 2] = 1) -> float:
    """Chance of a chi-square as large or larger where nothing differs."""
    value = max(chi_square, 0.0)
    return erfc(sqrt(value / 2)) if degrees == 1 else exp(-value / 2)
