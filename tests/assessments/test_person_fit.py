"""Person fit against published output, a plain twin and simulated people; times against hand-worked values."""

from math import exp, log, sqrt

import numpy as np
import pytest

from assessments.engine.person_fit import answer_fit, rapid_answers, time_fit
from assessments.engine.response_model import parameter_rows, parameters
from assessments.engine.simulation import answer_credits
from assessments.rules.integrity import PATTERN_BELOW

# The two-parameter solution of the LSAT data (Bock and Lieberman 1970) by R's package ltm (Rizopoulos 2006).
LSAT = parameter_rows(
    [
        [0.8254, -3.3597, 0.0],
        [0.7229, -1.3696, 0.0],
        [0.8905, -0.2799, 0.0],
        [0.6886, -1.8659, 0.0],
        [0.6575, -3.1236, 0.0],
    ]
)


@pytest.mark.parametrize(
    ("earned", "theta", "log_likelihood", "lz"),
    [
        ([0, 0, 0, 0, 0], -1.895, -4.0633, -1.2085),
        ([0, 0, 0, 0, 1], -1.479, -3.8211, -0.9436),
        ([0, 0, 0, 1, 0], -1.460, -4.6645, -1.8837),
        ([0, 0, 0, 1, 1], -1.041, -3.9565, -1.1454),
    ],
)
def test_ability_and_fit_of_the_lsat_are_those_that_ltm_prints(earned, theta, log_likelihood, lz):
    """`factor.scores` and `person.fit` of ltm(LSAT ~ z1); its parameters are printed to four digits."""
    found = answer_fit(LSAT, earned, prior_mean=0.0, prior_sd=1.0)
    assert found is not None
    assert found.theta == pytest.approx(theta, abs=6e-4)
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=2e-4)
    assert found.lz == pytest.approx(lz, abs=3e-4)


def plain_lz_star(rows, earned, theta, pull):
    """Snijders (2001) in the words of Magis, Raîche and Béland (2012), for right-or-wrong items."""
    w_sum = over = under = 0.0
    parts = []
    for (a, b, c), x in zip(rows, earned, strict=True):
        logistic = 1 / (1 + exp(-a * (theta - b)))
        p = c + (1 - c) * logistic
        slope = (1 - c) * a * logistic * (1 - logistic)
        w, r = log(p / (1 - p)), slope / (p * (1 - p))
        w_sum += (x - p) * w
        over, under = over + slope * w, under + slope * r
        parts.append((w, r, p))
    c_n = over / under
    spread = sum((w - c_n * r) ** 2 * p * (1 - p) for w, r, p in parts)
    return (w_sum + c_n * pull) / sqrt(spread)


@pytest.mark.parametrize("seed", range(5))
def test_the_corrected_statistic_agrees_with_the_plain_twin(seed):
    rng = np.random.default_rng(seed)
    rows = np.column_stack([rng.uniform(0.8, 2, 15), rng.uniform(-2, 2, 15), np.full(15, 0.25)])
    earned = rng.integers(0, 2, 15).tolist()
    found = answer_fit(rows, earned, prior_mean=0.5, prior_sd=1.5)
    assert found is not None
    expected = plain_lz_star(rows.tolist(), earned, found.theta, (0.5 - found.theta) / 1.5**2)
    assert found.lz_star == pytest.approx(expected, abs=1e-6)


def test_an_item_of_partial_credit_with_two_credits_counts_as_a_right_or_wrong_one():
    rows = [[1.2, 0.3, 0.0], [0.9, -0.4, 0.0], [1.5, 0.8, 0.0]]
    graded = [[1.2, 0.3, 0.0, 0.0], *rows[1:]]
    plain = answer_fit(parameter_rows(rows), [1, 0, 1], prior_mean=0.0, prior_sd=1.0)
    mixed = answer_fit(parameter_rows(graded), [1, 0, 1], prior_mean=0.0, prior_sd=1.0)
    assert plain == pytest.approx(mixed, abs=1e-6)


def test_the_corrected_statistic_is_standard_normal_when_answers_follow_the_model():
    rng = np.random.default_rng(1)
    rows = parameters(rng.uniform(1, 2, 40), rng.uniform(-2.5, 2.5, 40), [4] * 40)
    people = answer_credits(rng.normal(0, 1, 500), rows, rng)
    found = [answer_fit(rows, earned, prior_mean=0.0, prior_sd=1.0) for earned in people]
    values = np.array([(one.lz, one.lz_star) for one in found if one])
    assert len(values) == 500
    assert abs(values[:, 1].mean()) < 0.25
    assert 0.9 < values[:, 1].std() < 1.1
    assert values[:, 1].std() > values[:, 0].std()  # without the correction it is too narrow


def test_hard_items_right_and_easy_ones_wrong_fit_worst():
    rows = parameters([1.5] * 20, np.linspace(-3, 3, 20), [4] * 20)
    likely, odd = [1] * 10 + [0] * 10, [0] * 10 + [1] * 10
    fits = [answer_fit(rows, earned, prior_mean=0.0, prior_sd=2.8) for earned in (likely, odd)]
    assert fits[0] is not None
    assert fits[1] is not None
    assert fits[1].lz_star < PATTERN_BELOW < 0 < fits[0].lz_star


def test_too_few_answers_say_nothing():
    assert answer_fit(LSAT[:1], [1], prior_mean=0.0, prior_sd=1.0) is None
    assert time_fit([5.0, 9.0], [5.0, 9.0], [0.5, 0.5]) is None


# --- times ----------------------------------------------------------------------------------------------------


def test_speed_is_how_much_quicker_than_usual():
    found = time_fit([10.0, 20.0, 40.0], [20.0, 40.0, 80.0], [0.5, 0.5, 0.5])
    assert found is not None
    assert found.speed == pytest.approx(log(2))
    # Nothing is left unexplained: the cube root of 0 less (1 - 2 / 18), over its square root.
    assert found.misfit == pytest.approx(-(1 - 1 / 9) / sqrt(1 / 9))
    assert found.rapid == 0


def test_misfit_by_hand():
    """Logs ahead of usual: 0, 0, 0, 4 · 0.5. Mean 0.5; squares (3 · 0.25 + 2.25) / 0.25 = 12 with 3 degrees:
    ((4)^(1/3) - (1 - 2/27)) / sqrt(2/27) = 2.4304."""
    found = time_fit([30.0, 30.0, 30.0, 30.0 * exp(-2.0)], [30.0] * 4, [0.5] * 4)
    assert found is not None
    assert found.speed == pytest.approx(0.5)
    assert found.misfit == pytest.approx((4 ** (1 / 3) - 25 / 27) / sqrt(2 / 27), abs=1e-9)
    assert found.misfit == pytest.approx(2.4304, abs=1e-3)


def test_items_whose_times_vary_little_weigh_more():
    found = time_fit([10.0, 40.0, 40.0], [20.0, 40.0, 40.0], [0.25, 0.5, 0.5])
    assert found is not None
    assert found.speed == pytest.approx(log(2) * 16 / 24)


def test_rapid_answers_come_below_a_tenth_of_the_usual_time_and_ten_seconds():
    found = rapid_answers([1.9, 2.1, 9.9, 10.1], [20.0, 20.0, 200.0, 200.0])
    assert found.tolist() == [True, False, True, False]


def test_a_time_of_nothing_is_refused():
    with pytest.raises(ValueError, match="above 0"):
        time_fit([0.0, 4.0, 5.0], [5.0] * 3, [0.5] * 3)
