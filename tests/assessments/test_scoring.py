"""Ability, information and standard error against hand values, a plain-Python twin and mirt."""

from math import exp, fsum, log, sqrt
from random import Random

import numpy as np
import pytest

from assessments.engine.response_model import (
    information,
    log_chances,
    parameter_rows,
    parameters,
    response_model,
)
from assessments.engine.scoring import (
    NOT_GIVEN,
    THETAS,
    estimate,
    level_chances,
    log_prior,
    posterior,
    score,
)

CUTS = (-3.2, -1.6, 0.0, 1.6, 3.2)
MIXED = parameter_rows(
    [[1.6, 0.5, 0.25], [1.2, -0.4, 0.0, -1.0, 0.0, 1.0], [0.9, 0.8, 0.0, -0.6, 0.6], [1.4, -1.0, 0.0]]
)


def score_one(rows: np.ndarray, earned: list[int]) -> tuple[float, float]:
    """Of one person."""
    found = score(rows, [earned])
    return float(found.theta[0]), float(found.standard_error[0])


def chance(row: list[float], credit: int, theta: float) -> float:
    """Chance of a credit, one item at a time, from the textbook."""
    a, b, c, *steps = [value for value in row if value == value]
    if not steps:
        right = c + (1 - c) / (1 + exp(-a * (theta - b)))
        return right if credit else 1 - right
    weights = [exp(fsum(a * (theta - b - step) for step in steps[:k])) for k in range(len(steps) + 1)]
    return weights[credit] / fsum(weights)


def prior(theta: float) -> float:
    """Flat from -4.8 to 4.8, a normal curve beyond whose sd is 3/16 of a level."""
    beyond = max(abs(theta) - 4.8, 0.0)
    return exp(-((beyond / 0.3) ** 2) / 2)


def twin(rows: list[list[float]], earned: list[int]) -> tuple[float, float, list[float]]:
    """Mean, sd and chance of each level of the posterior, by the midpoint rule on -14…14 in steps of 0.004."""
    total = first = second = 0.0
    levels = [0.0] * 6
    for number in range(7000):
        theta = -14 + 0.004 * (number + 0.5)
        weight = prior(theta)
        for row, credit in zip(rows, earned, strict=True):
            weight *= chance(row, credit, theta)
        total, first, second = total + weight, first + weight * theta, second + weight * theta * theta
        levels[sum(cut <= theta for cut in CUTS)] += weight
    mean = first / total
    return mean, sqrt(second / total - mean * mean), [level / total for level in levels]


# --- the response model ---------------------------------------------------------------------------------------


def test_an_item_of_ones_own_difficulty_is_answered_right_in_62_5_percent():
    logs = log_chances(parameters([1.6], [0.3], [4]), np.array([0.3]))
    assert np.exp(logs[0, :, 0]).tolist() == pytest.approx([0.375, 0.625], abs=1e-15)


def test_guessing_is_one_over_the_number_of_options():
    assert parameters([1.0, 1.2], [0.0, -1.0], [4, 2]).tolist() == [[1.0, 0.0, 0.25], [1.2, -1.0, 0.5]]


def test_chances_follow_the_formulas():
    thetas = [-4.0, -1.3, 0.0, 0.7, 5.0]
    rows = [*MIXED.tolist(), [2.2, 3.2, 0.5]]
    logs = log_chances(parameter_rows(rows), np.array(thetas))
    for number, row in enumerate(rows):
        steps = max(sum(value == value for value in row[3:]), 1)
        for credit in range(steps + 1):
            expected = [log(chance(row, credit, theta)) for theta in thetas]
            assert logs[number, credit] == pytest.approx(expected, abs=1e-9)
        assert (logs[number, steps + 1 :] == 0).all()


def test_chances_are_exact_far_out_where_one_minus_p_would_be_nothing():
    logs = log_chances(parameters([2.0], [-40.0], [4]), np.array([5.0]))
    assert logs[0, 0, 0] == pytest.approx(log(0.75) - 90, abs=1e-12)


def test_information_by_hand():
    """a = 1, b = 0, c = 1/4 at theta 0: P = 5/8, (3/5) · ((3/8) / (3/4))² = 0.15; two options: (1/3) · (1/2)² = 1/12;
    without guessing 1/4. Steps -1, 0, 1: credits 0 to 3 have mean 1.5 and variance 0.134470 · 4.5 + 0.365530 · 0.5."""
    rows = parameter_rows(
        [[1.0, 0.0, 0.25], [1.0, 0.0, 0.5], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0, -1.0, 0.0, 1.0]]
    )
    found = information(rows, np.array([0.0]))[:, 0]
    assert found.tolist() == pytest.approx([0.15, 1 / 12, 0.25, 0.787879], abs=1e-5)


def test_standard_error_of_ten_equal_items_by_hand():
    """Ten such four-option items with a = 2: 10 · 4 · 0.15 = 6, so 1 / sqrt(6) = 0.408 at their difficulty."""
    rows = parameters([2.0] * 10, [1.0] * 10, [4] * 10)
    assert 1 / sqrt(information(rows, np.array([1.0])).sum()) == pytest.approx(0.408248, abs=1e-6)


def test_information_peaks_where_lord_1980_says():
    """theta_max = b + ln((1 + sqrt(1 + 8c)) / 2) / a, equation 10-4."""
    grid = np.linspace(-3, 3, 60_001)
    peak = grid[np.argmax(information(parameters([1.6], [0.5], [4]), grid)[0])]
    assert peak == pytest.approx(0.5 + np.log((1 + sqrt(3)) / 2) / 1.6, abs=2e-4)


def test_information_is_the_curvature_that_answers_bring():
    """The expected square of the slope of the log chance, by differences, for both kinds of items."""
    step = 1e-5
    for row in MIXED.tolist():
        credits_there = range(max(sum(value == value for value in row[3:]), 1) + 1)
        for theta in (-2.0, 0.1, 1.7):
            expected = fsum(
                chance(row, credit, theta)
                * (
                    (log(chance(row, credit, theta + step)) - log(chance(row, credit, theta - step)))
                    / (2 * step)
                )
                ** 2
                for credit in credits_there
            )
            found = information(parameter_rows([row]), np.array([theta]))[0, 0]
            assert found == pytest.approx(expected, abs=1e-7)


# --- the same as mirt -----------------------------------------------------------------------------------------


def test_chances_and_information_are_those_of_mirt():
    rng = np.random.default_rng(11)
    plain = parameters(rng.uniform(0.7, 2.3, 40), rng.uniform(-5, 5, 40), rng.integers(2, 6, 40))
    thetas = np.linspace(-6, 6, 25)
    model = response_model(plain)
    assert (
        pytest.approx(model.probability(thetas[:, None]), abs=1e-12)
        == np.exp(log_chances(plain, thetas)[:, 1]).T
    )
    assert pytest.approx(model.information(thetas[:, None]), abs=1e-12) == information(plain, thetas).T
    mixed = response_model(MIXED)
    assert np.moveaxis(np.exp(log_chances(MIXED, thetas)), 2, 0) * np.isfinite(
        mixed.probability(thetas[:, None])
    ) == pytest.approx(_with_ones(mixed.probability(thetas[:, None])), abs=1e-12)
    assert information(MIXED, thetas).sum(axis=0) == pytest.approx(
        mixed.information(thetas[:, None]), abs=1e-12
    )


def _with_ones(chances: np.ndarray) -> np.ndarray:
    """mirt says 0 for credits that an item does not have; here their logarithm is 0."""
    found = chances.copy()
    for item, steps in enumerate((1, 3, 2, 1)):
        found[:, item, steps + 1 :] = 1.0
    return found


def test_scores_are_those_of_mirt_under_a_normal_prior(monkeypatch):
    from mirt.scoring.eap import EAPScorer

    rng = np.random.default_rng(12)
    params = np.vstack([MIXED, np.pad(parameters([1.7] * 20, np.linspace(-4, 4, 20), [4] * 20), ((0, 0), (0, 3)),
                                      constant_values=np.nan)])  # fmt: skip
    earned = rng.integers(0, 2, (30, len(params)))
    earned[:, 7] = NOT_GIVEN
    monkeypatch.setattr("assessments.engine.scoring.log_prior", lambda cuts: -(THETAS**2) / (2 * 1.5**2))
    scorer = EAPScorer(n_quadpts=201, prior_mean=np.array([0.0]), prior_cov=np.array([[1.5**2]]))
    theirs, ours = scorer.score(response_model(params), earned), score(params, earned)
    assert ours.theta == pytest.approx(theirs.theta, abs=1e-6)
    assert ours.standard_error == pytest.approx(theirs.standard_error, abs=1e-6)


# --- scoring --------------------------------------------------------------------------------------------------


def test_without_an_answer_the_prior_stands():
    """By hand: flat on 9.6 logits and half a normal curve at each end, sqrt(2π) · 0.3 = 0.7520 in all."""
    ends, flat = sqrt(2 * np.pi) * 0.3, 9.6
    spread = flat**3 / 12 + ends * (4.8**2 + 0.3**2) + 2 * 2 * 4.8 * 0.3**2
    expected = sqrt(spread / (flat + ends))
    assert score_one(parameters([1.0], [0.0], [4]), [NOT_GIVEN]) == pytest.approx((0.0, expected), abs=1e-4)
    assert estimate(parameters([1.0], [0.0], [4])[:0], [], CUTS)[:2] == pytest.approx(
        (0.0, expected), abs=1e-4
    )


def test_the_prior_is_flat_over_the_scale():
    found = log_prior(CUTS)
    assert (found[np.abs(THETAS) < 4.75] == 0).all()
    assert np.exp(found) == pytest.approx([prior(theta) for theta in THETAS], abs=1e-12)


def test_the_prior_of_three_levels_reaches_as_far_as_they_do():
    """Cuts -1 and 1: flat from -3 to 3, and one logit (8/3 of an sd) beyond that e to the power of 32/9 less likely."""
    found = dict(zip(THETAS.round(1).tolist(), log_prior((-1.0, 1.0)).tolist(), strict=True))
    assert [found[theta] for theta in (-4.0, -3.0, 0.0, 3.0, 5.0)] == pytest.approx(
        [-32 / 9, 0, 0, 0, -128 / 9], abs=1e-9
    )


def test_a_session_that_began_under_older_rules_is_scored_by_them():
    """Version 1 had a prior that fell off beyond both ends with an sd of half a level; its results stay what they were."""
    older = dict(zip(THETAS.round(1).tolist(), log_prior((-1.0, 1.0), "1").tolist(), strict=True))
    assert [older[theta] for theta in (-4.0, 0.0, 5.0)] == pytest.approx([-0.5, 0, -2], abs=1e-9)
    found = estimate(MIXED, [1, 3, 2, 1], CUTS, "1")
    assert found == (
        pytest.approx(3.8674589176, abs=1e-9),
        pytest.approx(1.3407794599, abs=1e-9),
        6,
        pytest.approx(0.6837313236, abs=1e-9),
    )
    assert estimate(MIXED, [1, 3, 2, 1], CUTS).theta < found.theta


@pytest.mark.parametrize("seed", range(6))
def test_an_estimate_agrees_with_the_plain_twin(seed):
    stream = Random(seed)
    count = stream.choice([1, 2, 5, 12, 30])
    rows = [[stream.uniform(1.3, 2.1), stream.uniform(-4.9, 4.9), 0.25] for _ in range(count)]
    earned = [stream.randrange(2) for _ in rows]
    mean, spread, levels = twin(rows, earned)
    found = estimate(parameter_rows(rows), earned, CUTS)
    assert (found.theta, found.standard_error) == pytest.approx((mean, spread), abs=2e-4)
    assert found.level == sum(cut <= mean for cut in CUTS) + 1
    assert found.certainty == pytest.approx(levels[found.level - 1], abs=3e-3)
    assert score_one(parameter_rows(rows), earned) == pytest.approx(found[:2], abs=1e-12)


@pytest.mark.parametrize("earned", [[1, 3, 2, 1], [0, 0, 0, 0], [0, 2, 1, 1]])
def test_a_mixed_test_scores_as_its_plain_twin(earned):
    mean, spread, levels = twin(MIXED.tolist(), earned)
    assert score_one(MIXED, earned) == pytest.approx((mean, spread), abs=2e-4)
    found = level_chances(posterior(MIXED, [earned], CUTS), CUTS)[0]
    assert found.tolist() == pytest.approx(levels, abs=3e-3)


@pytest.mark.parametrize("theta", [-4.0, 0.0, 4.0])
def test_the_sharpest_posterior_of_thirty_items_is_still_exact(theta):
    rows = [[2.2, theta, 0.25]] * 30
    earned = [1, 1, 0, 1, 1, 0, 1, 0, 1, 1] * 3
    assert score_one(parameter_rows(rows), earned) == pytest.approx(twin(rows, earned)[:2], abs=1e-5)


def test_the_posterior_means_of_right_and_wrong_balance():
    """The mean of the posterior, weighed by the chance of each answer, is the mean of the prior."""
    rows = parameters([1.0], [0.0], [2])
    right, wrong = score_one(rows, [1]), score_one(rows, [0])
    # P(right) = 3/4 under a prior that is the same on both sides, so 3/4 · right + 1/4 · wrong = 0.
    assert 0.75 * right[0] + 0.25 * wrong[0] == pytest.approx(0, abs=1e-9)
    assert right[0] > 0 > wrong[0]


def test_items_not_given_change_nothing():
    assert score_one(MIXED, [NOT_GIVEN, 2, NOT_GIVEN, 1]) == pytest.approx(
        score_one(MIXED[[1, 3]], [2, 1]), abs=1e-12
    )


def test_many_people_at_once_are_scored_as_one_by_one():
    rng = np.random.default_rng(4)
    rows = parameters(rng.uniform(1, 2, 20), rng.uniform(-3, 3, 20), [4] * 20)
    answers = rng.integers(0, 2, (50, 20))
    together = score(rows, answers)
    for number, line in enumerate(answers):
        assert (together.theta[number], together.standard_error[number]) == pytest.approx(
            score_one(rows, line), abs=1e-9
        )


def test_a_right_answer_never_lowers_and_order_never_matters():
    rows = parameters([1.1, 1.5, 1.9], [-0.5, 0.2, 0.9], [4] * 3)
    by_count = [score_one(rows, answers)[0] for answers in ([0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1])]
    assert by_count == sorted(by_count)
    assert score_one(rows[[2, 0, 1]], [0, 1, 1]) == pytest.approx(score_one(rows, [1, 1, 0]), abs=1e-12)


def test_a_cut_between_two_points_takes_its_share():
    weight = np.zeros((1, len(THETAS)))
    weight[0, np.argmin(np.abs(THETAS - 1.0))] = 1.0
    assert level_chances(weight, (0.975,))[0].tolist() == pytest.approx([0.25, 0.75], abs=1e-9)
    assert level_chances(weight, (1.0,))[0].tolist() == pytest.approx([0.5, 0.5], abs=1e-9)
    assert level_chances(weight, (0.9, 2.0))[0].tolist() == pytest.approx([0.0, 1.0, 0.0], abs=1e-9)
