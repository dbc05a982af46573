"""Partial credit and right-or-wrong items on one scale: hand values, and a plain twin of the score."""

import math

import numpy as np
import pytest

from assessments.engine.response_model import parameter_rows, response_model, steps_of
from assessments.engine.scoring import PRIOR_MEAN, PRIOR_SD, score, score_one
from assessments.engine.selection import item_rng, next_item

MIXED = parameter_rows(
    [[1.6, 0.5, 0.25], [1.2, -0.4, 0.0, -1.0, 0.0, 1.0], [0.9, 0.8, 0.0, -0.6, 0.6], [1.4, -1.0, 0.0]]
)


def test_rows_of_different_length_stand_in_one_table():
    assert MIXED.shape == (4, 6)
    assert steps_of(MIXED).tolist() == [0, 3, 2, 0]
    assert np.isnan(MIXED[0, 3:]).all()
    assert parameter_rows([]).shape == (0, 3)


def test_chances_of_each_credit_agree_with_the_hand():
    """a = 1, b = 0, steps -1, 0, 1 at theta 0: weights 1, e, e, 1, so 1/(2 + 2e) = 0.1345 and 0.3655 (Masters 1982)."""
    model = response_model(parameter_rows([[1.0, 0.0, 0.0, -1.0, 0.0, 1.0]]))
    chances = model.probability(np.array([[0.0]]), 0).ravel()
    assert chances == pytest.approx([0.134470, 0.365529, 0.365529, 0.134470], abs=1e-5)


def test_information_is_the_variance_of_the_credit():
    """The same item: credits 0 to 3 have mean 1.5 and variance 2 (0.13447 · 2.25 + 0.36553 · 0.25) = 0.78788."""
    model = response_model(parameter_rows([[1.0, 0.0, 0.0, -1.0, 0.0, 1.0], [1.6, 0.5, 0.25]]))
    assert float(model.information(np.array([[0.0]]), 0)[0]) == pytest.approx(0.787879, abs=1e-5)


def plain_chance(row, credit, theta):
    """Chance of a credit, one item at a time, without arrays."""
    a, b, c, *steps = [value for value in row if not math.isnan(value)]
    if not steps:
        right = c + (1 - c) / (1 + math.exp(-a * (theta - b)))
        return right if credit else 1 - right
    weights = [math.exp(sum(a * (theta - b - step) for step in steps[:k])) for k in range(len(steps) + 1)]
    return weights[credit] / sum(weights)


def plain_score(rows, earned):
    """Expected a posteriori by a fine sum over theta."""
    grid = [-14 + 0.01 * n for n in range(2801)]
    weights = []
    for theta in grid:
        weight = math.exp(-(((theta - PRIOR_MEAN) / PRIOR_SD) ** 2) / 2)
        for row, credit in zip(rows, earned, strict=True):
            weight *= plain_chance(row, credit, theta)
        weights.append(weight)
    total = sum(weights)
    mean = sum(t * w for t, w in zip(grid, weights, strict=True)) / total
    return mean, math.sqrt(sum((t - mean) ** 2 * w for t, w in zip(grid, weights, strict=True)) / total)


@pytest.mark.parametrize("earned", [[1, 3, 2, 1], [0, 0, 0, 0], [1, 1, 2, 0], [0, 2, 1, 1], [1, 3, 0, 1]])
def test_a_mixed_test_scores_as_its_plain_twin(earned):
    theta, error = score_one(MIXED, earned)
    assert (theta, error) == pytest.approx(plain_score(MIXED.tolist(), earned), abs=2e-3)


def test_items_that_were_not_given_change_nothing():
    some = score(MIXED, [[-1, 2, -1, 1]])
    alone = score(MIXED[[1, 3]], [[2, 1]])
    assert some.theta == pytest.approx(alone.theta, abs=1e-6)
    assert some.standard_error == pytest.approx(alone.standard_error, abs=1e-6)


def test_more_credit_means_more_ability():
    thetas = score(MIXED, [[1, credit, 1, 1] for credit in range(4)]).theta
    assert (np.diff(thetas) > 0.1).all()


def test_graded_and_plain_items_are_chosen_among_each_other():
    rng = np.random.default_rng(3)
    rows = [
        [1.5, b, 0.25] if n % 2 else [1.2, b, 0.0, -1.0, 0.0, 1.0]
        for n, b in enumerate(rng.uniform(-2, 2, 30))
    ]
    params, areas = parameter_rows(rows), [str(n % 3) for n in range(30)]
    given: list[int] = []
    for position in range(1, 13):
        chosen = next_item(
            params,
            0.0,
            unseen=set(range(30)) - set(given),
            given=given,
            areas=areas,
            rng=item_rng(7, position),
        )
        given.append(chosen)
    assert len(set(given)) == 12
    assert {len([n for n in given if areas[n] == area]) for area in "012"} == {4}
    assert {n % 2 for n in given} == {0, 1}
