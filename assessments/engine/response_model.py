"""How ability, item and answer hang together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from mirt.models.dichotomous import ThreeParameterLogistic

Parameters = NDArray[np.float64]
"""One row an item: discrimination a, difficulty b, guessing c."""


def parameters(a: Sequence[float], b: Sequence[float], options: Sequence[int]) -> Parameters:
    """Rows of (a, b, c) for items with `options` choices each, shape (n, 3).

    c = 1 / options is a property of the format and not estimated: who knows nothing still finds the key of
    four options one time in four. Leaving it out would lift everybody by about half a level.
    """
    rows = np.column_stack([np.asarray(a, float), np.asarray(b, float), 1.0 / np.asarray(options, float)])
    return rows.reshape(-1, 3)


def response_model(params: Parameters) -> "ThreeParameterLogistic":
    """The three-parameter logistic model with the given parameters (Birnbaum, in Lord and Novick 1968, ch. 17).

    P(correct | theta) = c + (1 - c) / (1 + exp(-a (theta - b))). `params` has shape (n, 3), n >= 1.
    """
    from mirt.models.dichotomous import ThreeParameterLogistic

    model = ThreeParameterLogistic(len(params))
    model.set_parameters(discrimination=params[:, 0], difficulty=params[:, 1], guessing=params[:, 2])
    # mirt scores only models that it calls fitted; these parameters come from the bank, nothing is left to fit.
    model._is_fitted = True
    return model
