"""Whether somebody's answers, and the time they took, go together as the model expects. A reason to look, never a verdict."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.engine.response_model import Parameters, log_chances, steps_of

SEARCH: Final = np.linspace(-8.0, 8.0, 161)
"""Abilities among which the mode is looked for, before it is refined."""
SLOPE_STEP: Final = 1e-4
RAPID_SHARE: Final = 0.1
RAPID_AT_MOST: Final = 10.0
"""An answer is rapid below a tenth of the usual time of its item, and never above ten seconds (Wise and Ma 2012)."""

Row = NDArray[np.float64]


class Fit(NamedTuple):
    """How well the answers fit. `theta`: mode of ability (logits); `log_likelihood` there (Levine and Rubin's l0);
    `lz` is it standardised as if theta were known, `lz_star` with the correction for its being estimated."""

    theta: float
    log_likelihood: float
    lz: float
    lz_star: float


def answer_fit(
    params: Parameters, earned: Sequence[int], *, prior_mean: float, prior_sd: float
) -> Fit | None:
    """Standardised log-likelihood of a pattern of credits, low when easy items fail and hard ones succeed.

    lz (Drasgow, Levine and Williams 1985) with Snijders' (2001) correction, for items with partial credit as in Sinharay
    (2016). With p_k, s_k = p_k' / p_k the chance and the slope of the log chance of credit k, at the mode of ability:
        W = sum over items of log p_x - sum_k p_k log p_k
        c = sum sum_k p_k' log p_k / sum sum_k p_k s_k²
        lz* = (W + c r) / sqrt(sum var_k(log p_k - c s_k)),   r = (prior_mean - theta) / prior_sd²
    About standard normal on long fixed tests; low values are those to look at. In an adaptive test, whose items all lie
    near the person, values spread less than that (van Krimpen-Stoop and Meijer 1999; docs/measurement.md).
    The mode has a normal prior, so that it is finite for a pattern without a mistake. `params`: shape (items, 3 or more);
    `earned`: one credit an item. None for fewer than two items, or where nothing could have varied.
    """
    if len(earned) < 2:
        return None
    picked, rows = np.asarray(earned, dtype=np.intp), np.arange(len(earned))
    theta = _mode(params, picked, prior_mean, prior_sd)
    logs = log_chances(params, np.array([theta - SLOPE_STEP, theta, theta + SLOPE_STEP]))
    there = np.arange(logs.shape[1]) <= np.maximum(steps_of(params), 1)[:, None]
    log_chance = logs[:, :, 1]
    chance = np.where(there, np.exp(log_chance), 0.0)
    slope = (logs[:, :, 2] - logs[:, :, 0]) / (2 * SLOPE_STEP)
    spread = log_chance[rows, picked] - (chance * log_chance).sum(axis=1)
    c = (chance * slope * log_chance).sum() / (chance * slope**2).sum()
    known, corrected = _variance(chance, log_chance), _variance(chance, log_chance - c * slope)
    if min(known, corrected) < 1e-12:
        return None
    pull = (prior_mean - theta) / prior_sd**2
    return Fit(
        theta=theta,
        log_likelihood=float(log_chance[rows, picked].sum()),
        lz=float(spread.sum() / np.sqrt(known)),
        lz_star=float((spread.sum() + c * pull) / np.sqrt(corrected)),
    )


def _variance(chance: Row, values: Row) -> float:
    """Of values that come with those chances, added up over the items."""
    mean = (chance * values).sum(axis=1, keepdims=True)
    return float((chance * (values - mean) ** 2).sum())


def _mode(params: Parameters, picked: NDArray[np.intp], prior_mean: float, prior_sd: float) -> float:
    """Mode of the posterior, by looking along a grid and then ever closer, to 1e-7 logits."""
    rows, grid = np.arange(len(picked)), SEARCH
    for _ in range(5):
        height = log_chances(params, grid)[rows, picked].sum(axis=0) - (grid - prior_mean) ** 2 / (
            2 * prior_sd**2
        )
        best = grid[int(height.argmax())]
        width = grid[1] - grid[0]
        grid = np.linspace(best - width, best + width, 81)
    return float(best)


class Pace(NamedTuple):
    """How the times of a session go together.

    `speed`: how much quicker than usual, in log seconds (0.69 = twice as quick). `misfit`: standardised sum of squares of what
    the items' usual times and the person's own speed leave unexplained, about standard normal, high when some answers came
    strangely quickly or slowly. `rapid`: share of answers that came before the item can have been read.
    """

    speed: float
    misfit: float
    rapid: float


def time_fit(seconds: ArrayLike, usual_seconds: ArrayLike, log_spreads: ArrayLike) -> Pace | None:
    """Speed and misfit under the lognormal model of response times (van der Linden 2006).

    log t = log usual - speed + e, e normal with the item's `log_spreads`. Speed is the weighted mean; the sum of
    squared residuals is chi-square with one degree fewer than answers (Marianti and others 2014), standardised by Wilson and
    Hilferty's cube root. `usual_seconds`: median time of each item; all of shape (items,), above 0. None for fewer than
    three answers.
    """
    times, usual, spreads = (
        np.asarray(values, dtype=np.float64) for values in (seconds, usual_seconds, log_spreads)
    )
    if len(times) < 3:
        return None
    if min(times.min(), usual.min(), spreads.min()) <= 0:
        raise ValueError("times and spreads are above 0")
    ahead, weight = np.log(usual) - np.log(times), 1 / spreads**2
    speed = float((weight * ahead).sum() / weight.sum())
    squares, degrees = float((weight * (ahead - speed) ** 2).sum()), len(times) - 1
    part = 2 / (9 * degrees)
    misfit = ((squares / degrees) ** (1 / 3) - (1 - part)) / np.sqrt(part)
    return Pace(speed, float(misfit), float(rapid_answers(times, usual).mean()))


def rapid_answers(seconds: ArrayLike, usual_seconds: ArrayLike) -> NDArray[np.bool_]:
    """Which answers came too soon to have been thought about, shape (items,)."""
    limit = np.minimum(RAPID_SHARE * np.asarray(usual_seconds, dtype=np.float64), RAPID_AT_MOST)
    return np.asarray(np.asarray(seconds, dtype=np.float64) < limit)
