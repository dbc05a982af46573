"""How ability, item and answer hang together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from mirt.models.base import BaseItemModel

Parameters = NDArray[np.float64]
"""One row an item: discrimination a, difficulty b, guessing c, then the offsets of its steps from b; NaN where none are."""

FIXED_COLUMNS = 3
"""Columns before the steps."""


def parameters(a: Sequence[float], b: Sequence[float], options: Sequence[int]) -> Parameters:
    """Rows of (a, b, c) for items with `options` choices each, shape (n, 3).

    c = 1 / options is a property of the format and not estimated: who knows nothing still finds the key of
    four options one time in four. Leaving it out would lift everybody by about half a level.
    """
    rows = np.column_stack([np.asarray(a, float), np.asarray(b, float), 1.0 / np.asarray(options, float)])
    return rows.reshape(-1, 3)


def parameter_rows(rows: Sequence[Sequence[float]]) -> Parameters:
    """Rows (a, b, c) of right-or-wrong items and (a, b, 0, step 1, …, step m) of items with partial credit as one array.

    Shape (n, 3 + the most steps), short rows filled up with NaN.
    """
    width = max((len(row) for row in rows), default=FIXED_COLUMNS)
    table = np.full((len(rows), width), np.nan)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def steps_of(params: Parameters) -> NDArray[np.intp]:
    """How many steps each item has, shape (n,); 0 for an item that is right or wrong."""
    return np.asarray(np.isfinite(params[:, FIXED_COLUMNS:]).sum(axis=1), dtype=np.intp)


LogChances = NDArray[np.float64]
"""Logarithm of the chance of each credit: shape (items, credits, abilities); 0 for credits that an item does not have."""


def log_chances(params: Parameters, thetas: NDArray[np.float64]) -> LogChances:
    """How likely each credit of each item is at each ability, as a logarithm that is exact far out, too.

    Right or wrong: three-parameter logistic (Birnbaum, in Lord and Novick 1968, ch. 17),
    P(correct | theta) = c + (1 - c) / (1 + exp(-a (theta - b))).
    Partial credit: generalised (Masters 1982; Muraki 1992), the odds of credit k against k - 1 being
    exp(a (theta - b - step k)).
    """
    steps = steps_of(params)
    logs = np.zeros((len(params), max(2, int(steps.max(initial=0)) + 1), len(thetas)))
    plain, graded = steps == 0, steps > 0
    a, b, c = (params[plain, column, None] for column in range(FIXED_COLUMNS))
    power = a * (thetas - b)
    logs[plain, 0] = np.log1p(-c) - np.logaddexp(0.0, power)
    logs[plain, 1] = np.log(c + (1 - c) / (1 + np.exp(-power)))
    if graded.any():
        logs[graded] = _graded_log_chances(params[graded], thetas)
    return logs


def _graded_log_chances(params: Parameters, thetas: NDArray[np.float64]) -> LogChances:
    """Of items with partial credit only."""
    offsets = params[:, FIXED_COLUMNS : FIXED_COLUMNS + int(steps_of(params).max()), None]
    a, b = params[:, 0, None, None], params[:, 1, None, None]
    odds = np.where(np.isfinite(offsets), a * (thetas - b - offsets), -np.inf)
    powers = np.concatenate([np.zeros((len(params), 1, len(thetas))), np.cumsum(odds, axis=1)], axis=1)
    logs = powers - np.logaddexp.reduce(powers, axis=1, keepdims=True)
    return np.where(np.isfinite(logs), logs, 0.0)


def information(params: Parameters, thetas: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fisher information of each item at each ability, shape (items, abilities), in 1 / logit².

    Right or wrong: a² (Q / P) ((P - c) / (1 - c))² (Lord 1980, 4-43). Partial credit: a² times the variance of the
    credit (Muraki 1993).
    """
    steps = steps_of(params)
    plain, graded = steps == 0, steps > 0
    found = np.empty((len(params), len(thetas)))
    a, b, c = (params[plain, column, None] for column in range(FIXED_COLUMNS))
    logistic = 1 / (1 + np.exp(-a * (thetas - b)))
    found[plain] = a**2 * (1 - c) * (1 - logistic) * logistic**2 / (c + (1 - c) * logistic)
    if graded.any():
        logs = log_chances(params[graded], thetas)
        credit = np.arange(logs.shape[1])[:, None]
        chance = np.where(credit <= steps[graded, None, None], np.exp(logs), 0.0)
        mean = (chance * credit).sum(axis=1)
        found[graded] = params[graded, :1] ** 2 * ((chance * credit**2).sum(axis=1) - mean**2)
    return found


def response_model(params: Parameters) -> "BaseItemModel":
    """The model of `log_chances` as mirt's, for what `mirt` computes from it. Shape (n, 3 or more), n >= 1."""
    steps = steps_of(params)
    graded, plain = np.flatnonzero(steps), np.flatnonzero(steps == 0)
    if len(graded) == 0:
        return _three_parameters(params)
    from mirt.models.mixed_format import MixedItemModel

    parts: list[tuple[BaseItemModel, NDArray[np.intp]]] = [(_partial_credit(params[graded]), graded)]
    if len(plain):
        parts.append((_three_parameters(params[plain]), plain))
    model = MixedItemModel(parts)
    model._is_fitted = True
    return model


def _partial_credit(params: Parameters) -> "BaseItemModel":
    from mirt.models.polytomous import GeneralizedPartialCredit

    offsets = params[:, FIXED_COLUMNS:]
    offsets = offsets[:, : int(steps_of(params).max())]
    model = GeneralizedPartialCredit(len(params), n_categories=(steps_of(params) + 1).tolist())
    places = np.where(np.isfinite(offsets), params[:, 1:2] + offsets, 0.0)
    model.set_parameters(discrimination=params[:, 0], steps=places)
    model._is_fitted = True
    return model


def _three_parameters(params: Parameters) -> "BaseItemModel":
    from mirt.models.dichotomous import ThreeParameterLogistic

    model = ThreeParameterLogistic(len(params))
    model.set_parameters(discrimination=params[:, 0], difficulty=params[:, 1], guessing=params[:, 2])
    # mirt scores only models that it calls fitted; these parameters come from the bank, nothing is left to fit.
    model._is_fitted = True
    return model
