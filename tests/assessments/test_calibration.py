"""Calibration reproduces what was published, recovers what is known, and holds its anchors."""

import numpy as np
import pytest

from assessments.engine.calibration import (
    FIT_RANGE,
    Population,
    answers_needed,
    calibrate,
    item_fit,
    linked,
)
from assessments.engine.response_model import log_chances, parameter_rows, steps_of

# How many of 1,000 people gave each pattern, from 00000 to 11111 (Bock and Lieberman 1970, tables of sections 6 and 7).
LSAT_6 = [
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15,
    10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
]  # fmt: skip
LSAT_7 = [
    12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28,
    7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136, 32, 308,
]  # fmt: skip

# Two-parameter logistic solutions, abilities N(0, 1).
# LSAT-6: Rizopoulos (2006), Journal of Statistical Software 17(5), the fit of ltm(LSAT ~ z1).
LSAT_6_A, LSAT_6_SE_A = [0.8254, 0.7229, 0.8905, 0.6886, 0.6575], [0.2581, 0.1867, 0.2326, 0.1852, 0.2100]
LSAT_6_B, LSAT_6_SE_B = (
    [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236],
    [0.8669, 0.3073, 0.0997, 0.4341, 0.8700],
)
# LSAT-7: Chalmers (2012), Journal of Statistical Software 48(6), the data of Bock and Aitkin (1981); slopes and intercepts.
LSAT_7_A = [0.988, 1.081, 1.706, 0.765, 0.736]
LSAT_7_D = [1.856, 0.808, 1.804, 0.486, 1.855]


def people(frequencies):
    patterns = [[int(sign) for sign in f"{number:05b}"] for number in range(32)]
    return np.repeat(np.array(patterns), frequencies, axis=0)


def fitted(frequencies):
    start = parameter_rows([[1.0, 0.0, 0.0]] * 5)
    return calibrate(
        start, people(frequencies), np.ones(5, bool), population=Population(0.0, 1.0), prior=False
    )


def test_the_two_parameter_solution_of_lsat_6_is_reproduced():
    found = fitted(LSAT_6)
    assert found.converged
    assert found.log_likelihood == pytest.approx(-2466.653, abs=0.01)
    assert found.params[:, 0] == pytest.approx(LSAT_6_A, abs=0.002)
    assert found.params[:, 1] == pytest.approx(LSAT_6_B, abs=0.01)
    assert found.se_a == pytest.approx(LSAT_6_SE_A, abs=0.002)
    assert found.se_b == pytest.approx(LSAT_6_SE_B, abs=0.01)


def test_the_two_parameter_solution_of_lsat_7_is_reproduced():
    found = fitted(LSAT_7)
    a, b = found.params[:, 0], found.params[:, 1]
    assert a == pytest.approx(LSAT_7_A, abs=0.01)
    assert -a * b == pytest.approx(LSAT_7_D, abs=0.01)
    assert np.all(np.abs(a - LSAT_7_A) < found.se_a / 10)
    assert people(LSAT_7).mean(axis=0) == pytest.approx([0.828, 0.658, 0.772, 0.606, 0.843])


def drawn_answers(params, thetas, rng):
    """Credits of everybody to everything."""
    chance = np.exp(log_chances(params, thetas))
    drawn = rng.random((len(params), len(thetas)))
    most = np.maximum(steps_of(params), 1)
    given = np.zeros(drawn.shape, dtype=int)
    for row, count in enumerate(most):
        given[row] = (drawn[row] > np.cumsum(chance[row, :count], axis=0)).sum(axis=0)
    return given.T


@pytest.fixture(scope="module")
def mixed():
    """12 anchors and 4 free items, two of them with partial credit; 900 people answer 12 of the 16."""
    rng = np.random.default_rng(5)
    rows = [[1.5, b, 0.25] for b in np.linspace(-3, 3, 14)] + [
        [1.0, 0.5, 0.0, -1.0, 0.0, 1.0],
        [1.2, -1.0, 0.0, -0.8, 0.8],
    ]
    true = parameter_rows(rows)
    thetas = rng.normal(0.5, 2.0, 900)
    given = drawn_answers(true, thetas, rng)
    for person in given:
        person[rng.choice(16, 4, replace=False)] = -1
    free = np.isin(np.arange(16), [3, 9, 14, 15])
    begin = true.copy()
    begin[free, 0] = 1.7
    begin[free, 1] += [0.6, -0.6, 0.5, -0.5]
    return true, begin, given, free, calibrate(begin, given, free)


def test_free_items_are_recovered_within_their_errors_and_anchors_stand(mixed):
    true, begin, _credits, free, found = mixed
    assert np.array_equal(found.params[~free], begin[~free], equal_nan=True)
    assert np.isnan(found.se_b[~free]).all()
    z_a = (found.params[free, 0] - true[free, 0]) / found.se_a[free]
    z_b = (found.params[free, 1] - true[free, 1]) / found.se_b[free]
    assert np.abs([z_a, z_b]).max() < 2.5
    assert found.params[free, 2] == pytest.approx(true[free, 2])
    assert found.params[14, 3:] == pytest.approx([-1.0, 0.0, 1.0], abs=0.5)
    assert np.nansum(found.params[14:, 3:], axis=1) == pytest.approx([0.0, 0.0], abs=1e-9)
    assert found.population == pytest.approx((0.5, 2.0), abs=0.2)


def test_fit_is_near_1_where_the_model_holds_and_says_so_where_it_does_not(mixed):
    _true, _begin, given, _free, found = mixed
    fit = item_fit(found.params, given, found.population)
    assert fit.infit == pytest.approx(np.ones(16), abs=0.12)
    assert fit.outfit.mean() == pytest.approx(1.0, abs=0.1)
    noise = given.copy()
    people_of_3 = noise[:, 3] >= 0
    noise[people_of_3, 3] = np.random.default_rng(1).integers(0, 2, people_of_3.sum())
    spoilt = item_fit(found.params, noise, found.population)
    assert spoilt.infit[3] > FIT_RANGE[1]
    assert spoilt.infit[[0, 5, 10]] == pytest.approx([1.0] * 3, abs=0.15)
    assert np.isnan(item_fit(found.params, np.full((3, 16), -1), found.population).infit).all()


def test_fit_agrees_with_values_by_hand_where_the_ability_is_known():
    """With everybody at ability 0, an item a = 1, b = 0 is right half the time: (x − ½)² / ¼ = 1 whatever happens."""
    params = parameter_rows([[1.0, 0.0, 0.0], [1.0, np.log(4), 0.0]])
    fit = item_fit(params, [[1, 0], [0, 1]], Population(0.0, 1e-6))
    assert fit.outfit[0] == pytest.approx(1.0)
    # Chance 1/5, variance 4/25: a wrong answer 1/25 : 4/25 = 1/4, a right one 16/25 : 4/25 = 4; on average 17/8.
    assert fit.outfit[1] == pytest.approx(17 / 8, rel=1e-4)
    assert fit.infit[1] == pytest.approx(17 / 8, rel=1e-4)


def test_without_anchors_the_given_difficulties_hold_the_scale_together():
    before = parameter_rows([[1.5, b, 0.25] for b in (-2.0, 0.0, 2.0)])
    found = parameter_rows([[3.0, b, 0.25] for b in (0.0, 1.1, 2.0)])
    moved = linked(found, before, [0, 1, 2])
    assert moved[:, 1].mean() == pytest.approx(0.0)
    assert moved[:, 1].std() == pytest.approx(before[:, 1].std())
    assert moved[:, 0] * moved[:, 1].std() == pytest.approx(found[:, 0] * found[:, 1].std())
    assert moved[:, 2] == pytest.approx([0.25] * 3)


def test_something_is_free_and_something_holds_the_scale():
    params = parameter_rows([[1.0, 0.0, 0.0]] * 2)
    for free in ([False, False], [True, True]):
        with pytest.raises(ValueError, match="something"):
            calibrate(params, [[0, 1]], np.array(free))


@pytest.mark.parametrize(
    ("right", "wrong", "missing", "steps", "expected"),
    [(100, 100, 50, 0, 0), (100, 99, 50, 0, 1), (0, 0, 9, 0, 200), (500, 3, 0, 0, 7), (150, 150, 0, 3, 100)],
)
def test_how_many_answers_are_missing_is_said(right, wrong, missing, steps, expected):
    given = np.array([1] * right + [0] * wrong + [-1] * missing)
    assert answers_needed(given, steps) == expected
