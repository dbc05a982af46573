"""From answers to ability."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.engine.response_model import Parameters, log_chances

PRIOR_MEAN: Final = 0.0
PRIOR_SD: Final = 2.8
THETAS: Final = np.linspace(-14.0, 14.0, 281)
"""Abilities that the posterior is worked out at: five prior sd either side, every 0.1 logit."""

NOT_GIVEN = -1
POWERS: Final = np.column_stack([THETAS, THETAS**2])
BLOCK: Final = 2048
"""People whose posteriors are worked out together: as many as fit a processor's cache."""
LOG_PRIOR: Final = -((THETAS - PRIOR_MEAN) ** 2) / (2 * PRIOR_SD**2)


class Scores(NamedTuple):
    """Abilities and their standard errors in logits, shape (people,) each."""

    theta: NDArray[np.float64]
    standard_error: NDArray[np.float64]


def posterior(params: Parameters, responses: ArrayLike) -> NDArray[np.float64]:
    """Probability of each ability of THETAS after the answers, shape (people, len(THETAS)); rows add up to 1.

    `responses`: shape (people, items), credits from 0 (1 is all where an item is right or wrong), -1 not given. The
    prior is normal with mean 0, the middle of the scale from A1 to C2 so that it favours nobody, and sd 2.8, that of
    abilities spread evenly over that scale.
    """
    answers = np.atleast_2d(np.asarray(responses, dtype=np.int8))
    logs = log_chances(params, THETAS)
    log = np.tile(LOG_PRIOR, (len(answers), 1))
    for credit in range(logs.shape[1]):
        log += (answers == credit).astype(np.float64) @ logs[:, credit]
    weight = np.exp(log - log.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    return np.asarray(weight)


def score(params: Parameters, responses: ArrayLike) -> Scores:
    """Expected a posteriori ability with its posterior standard deviation (Bock and Mislevy 1982).

    Mean and sd of `posterior`. On an even grid the sum of a smooth curve that dies out at both ends is as good as the
    integral: a tenth of a logit is exact to 1e-6 for the sharpest posterior that 30 items give (tested, as is that
    mirt's EAPScorer says the same; called for one person it takes a hundred times as long).
    """
    answers = np.atleast_2d(np.asarray(responses, dtype=np.int8))
    moments = np.empty((len(answers), 2))
    for first in range(0, len(answers), BLOCK):
        block = slice(first, first + BLOCK)
        moments[block] = posterior(params, answers[block]) @ POWERS
    theta, square = moments.T
    return Scores(theta, np.sqrt(np.maximum(square - theta**2, 0.0)))


def score_one(params: Parameters, responses: ArrayLike) -> tuple[float, float]:
    """Ability and standard error of one person; the prior itself when nothing was answered."""
    answers = np.asarray(responses, dtype=np.int8)
    if answers.size == 0 or (answers == NOT_GIVEN).all():
        return PRIOR_MEAN, PRIOR_SD
    theta, standard_error = score(params, answers.reshape(1, -1))
    return float(theta[0]), float(standard_error[0])
