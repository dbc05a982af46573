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


def response_model(params: Parameters) -> "BaseItemModel":
    """The model of one bank: right-or-wrong items and items with partial credit on one scale. Shape (n, 3 or more), n >= 1.

    Right or wrong: three-parameter logistic (Birnbaum, in Lord and Novick 1968, ch. 17),
    P(correct | theta) = c + (1 - c) / (1 + exp(-a (theta - b))).
    Partial credit: generalised (Masters 1982; Muraki 1992), the odds of credit k against k - 1 being
    exp(a (theta - b - step k)).
    """
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
