"""Differential item functioning: worked by hand, with classes of ETS, and the logistic check beside it."""

from math import log

import numpy as np
import pytest

from assessments.engine.dif import (
    MantelHaenszel,
    chance_of,
    logistic_check,
    mantel_haenszel,
    strata_tables,
)


def test_mantel_haenszel_by_hand():
    """Two strata of 100 people each.

    Stratum 1: A 40, B 10, C 20, D 30, N 100: AD/N = 12, BC/N = 2.
    Stratum 2: A 45, B 5, C 40, D 10, N 100: AD/N = 4.5, BC/N = 2. Odds ratio 16.5 / 4 = 4.125.
    """
    found = mantel_haenszel([[40, 10, 20, 30], [45, 5, 40, 10]])
    assert found.odds_ratio == pytest.approx(4.125)
    assert found.delta == pytest.approx(-2.35 * log(4.125))
    # Robins, Breslow and Greenland: P = .7, .55; Q = .3, .45; R = 12, 4.5; S = 2, 2; ΣR = 16.5, ΣS = 4.
    variance = (
        (0.7 * 12 + 0.55 * 4.5) / (2 * 16.5**2)
        + (0.7 * 2 + 0.3 * 12 + 0.55 * 2 + 0.45 * 4.5) / (2 * 16.5 * 4)
        + (0.3 * 2 + 0.45 * 2) / (2 * 4**2)
    )
    assert found.standard_error == pytest.approx(2.35 * variance**0.5)
    # Expected A: 50·60/100 = 30 and 50·85/100 = 42.5; variances 50·50·60·40 / (100²·99) and 50·50·85·15 / (100²·99).
    spread = (50 * 50 * 60 * 40 + 50 * 50 * 85 * 15) / (100**2 * 99)
    assert found.chi_square == pytest.approx((abs(85 - 72.5) - 0.5) ** 2 / spread)
    assert found.ets_class == "C"


@pytest.mark.parametrize(
    ("delta", "error", "expected"),
    [
        (0.9, 0.1, "A"),
        (-1.4, 0.8, "A"),
        (1.2, 0.3, "B"),
        (-1.6, 0.5, "B"),
        (-1.6, 0.3, "C"),
        (2.4, 0.5, "C"),
    ],
)
def test_classes_of_ets_go_by_size_and_by_what_chance_can_do(delta, error, expected):
    assert MantelHaenszel(1.0, delta, error, 0.0).ets_class == expected


def test_strata_in_which_nothing_can_be_compared_are_left_out():
    one = mantel_haenszel([[40, 10, 20, 30]])
    assert mantel_haenszel([[40, 10, 20, 30], [9, 9, 0, 0], [5, 0, 5, 0], [0, 0, 0, 0]]) == one
    assert mantel_haenszel([[9, 9, 0, 0]]) is None
    assert mantel_haenszel([[9, 0, 5, 5]]) is None


def groups(shift, slope=0.0, people=4000):
    """Two groups of different ability; the item is `shift` logits harder for the focal one, more so the abler they are."""
    rng = np.random.default_rng(3)
    focal = np.arange(people) % 2 == 1
    theta = rng.normal(0, 1.2, people) - 0.8 * focal
    power = 1.2 * (theta - 0.2) - focal * (shift + slope * theta)
    return theta, rng.random(people) < 1 / (1 + np.exp(-power)), focal


def test_a_group_that_is_only_less_able_raises_no_alarm():
    theta, right, focal = groups(0.0)
    assert mantel_haenszel(strata_tables(theta, right, focal)).ets_class == "A"
    assert not logistic_check(theta, right, focal).real


def test_an_item_that_is_harder_for_a_group_is_found_by_both():
    theta, right, focal = groups(0.9)
    found = mantel_haenszel(strata_tables(theta, right, focal))
    assert found.delta == pytest.approx(-2.35 * 0.9, abs=0.35)
    assert found.ets_class == "C"
    check = logistic_check(theta, right, focal)
    assert check.uniform_p < 1e-6
    assert check.non_uniform_p > 0.01


def test_a_difference_that_turns_with_ability_is_found_by_the_logistic_check_alone():
    theta, right, focal = groups(-0.3, slope=-0.9)
    theta = theta + 0.4
    check = logistic_check(theta, right, focal)
    assert check.non_uniform_p < 1e-6


def test_strata_hold_everybody_once():
    theta, right, focal = groups(0.0)
    tables = strata_tables(theta, right, focal)
    assert tables.shape == (10, 4)
    assert tables.sum() == 4000
    assert tables[:, :2].sum() == (~focal).sum()
    assert strata_tables([1.0] * 6, [True] * 6, [True, False] * 3).sum() == 6


def test_answers_that_can_be_told_without_error_have_no_estimate():
    theta = np.linspace(-1, 1, 50)
    assert logistic_check(theta, theta > 0, np.arange(50) % 2 == 0) is None


def test_chances_of_chi_squares():
    assert chance_of(3.841458820694124) == pytest.approx(0.05)
    assert chance_of(5.991464547107979, 2) == pytest.approx(0.05)
    assert chance_of(-1e-12) == 1.0
