"""Whole adaptive sessions of many people at once, by the very rules of the real ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assessments.engine.exposure import RECENT, free_items, shares
from assessments.engine.levels import sure_enough
from assessments.engine.response_model import Parameters, log_chances
from assessments.engine.scoring import THETAS, level_chances, log_prior, moments, weights
from assessments.engine.selection import FIRST_THETA, next_items
from assessments.engine.simulation import answer_credits

AT_ONCE: Final = 100
"""Sessions that start at the same moment, none of which counts the others' items yet."""
NO_ITEM: Final = -1


@dataclass(frozen=True, slots=True)
class Form:
    """A bank as sessions use it. `params`: shape (items, 3 or more); `areas`: number of the area of each, shape (items,)."""

    params: Parameters
    areas: NDArray[np.intp]
    cuts: Sequence[float]
    min_items: int
    max_items: int


class Sessions(NamedTuple):
    """Finished sessions: ability, standard error (logits) and level, shape (people,); rows given and credits earned in
    order, shape (people, max_items), -1 after the end."""

    theta: NDArray[np.float64]
    standard_error: NDArray[np.float64]
    level: NDArray[np.int64]
    rows: NDArray[np.int64]
    credit: NDArray[np.int64]

    @property
    def length(self) -> NDArray[np.int64]:
        """Items in each session."""
        return np.asarray((self.rows != NO_ITEM).sum(axis=1))


def simulate_sessions(
    true_thetas: NDArray[np.float64],
    form: Form,
    seeds: NDArray[np.int64],
    rng: np.random.Generator,
    *,
    true_params: Parameters | None = None,
    unseen: NDArray[np.bool_] | None = None,
) -> Sessions:
    """One session each, in this order and AT_ONCE at a time, so that items rest as they do in a bank in use.

    `true_params` drives the answers where it differs from the parameters that the bank believes in. `unseen`: shape
    (people, items), the items that each may still get; all when None. `seeds`: one a session, as in the real one.
    """
    true = form.params if true_params is None else true_params
    answers = answer_credits(true_thetas, true, rng)
    left = np.ones(answers.shape, dtype=np.bool_) if unseen is None else unseen
    given = np.zeros(answers.shape, dtype=np.bool_)
    parts: list[Sessions] = []
    for first in range(0, len(true_thetas), AT_ONCE):
        batch = slice(first, first + AT_ONCE)
        recent = given[max(first - RECENT, 0) : first]
        share = shares(recent.sum(axis=0), len(recent))
        free = free_items(share, seeds[batch], left[batch], max_items=form.max_items)
        parts.append(_together(form, seeds[batch], answers[batch], free, given[batch]))
    return Sessions(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _together(
    form: Form,
    seeds: NDArray[np.int64],
    answers: NDArray[np.int8],
    free: NDArray[np.bool_],
    given: NDArray[np.bool_],
) -> Sessions:
    """Sessions that run side by side; `free` loses and `given` gains what each of them uses."""
    people = len(seeds)
    logs = log_chances(form.params, THETAS)
    log, theta = np.tile(log_prior(form.cuts), (people, 1)), np.full(people, FIRST_THETA)
    error, level = np.zeros(people), np.zeros(people, dtype=np.int64)
    rows, credit = np.full((2, people, form.max_items), NO_ITEM, dtype=np.int64)
    going = np.flatnonzero(free.any(axis=1))
    for place in range(form.max_items):
        chosen = next_items(
            form.params,
            theta[going],
            free=free[going],
            given=given[going],
            areas=form.areas,
            seeds=seeds[going],
        )
        given[going, chosen], free[going, chosen] = True, False
        rows[going, place], credit[going, place] = chosen, answers[going, chosen]
        log[going] += logs[chosen, credit[going, place]]
        weight = weights(log[going])
        theta[going], error[going] = moments(weight)
        level[going] = np.searchsorted(form.cuts, theta[going], "right") + 1
        certainty = level_chances(weight, form.cuts)[np.arange(len(going)), level[going] - 1]
        over = ~free[going].any(axis=1)
        if form.min_items < form.max_items and place + 1 >= form.min_items:
            over |= sure_enough(theta[going], error[going], certainty, form.cuts)
        going = going[~over]
        if len(going) == 0:
            break
    return Sessions(theta, error, level, rows, credit)
