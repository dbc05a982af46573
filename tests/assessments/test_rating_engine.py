"""From marks to a result, and how raters agree."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.engine.agreement import agreement, quadratic_weights, severity, weighted_kappa
from assessments.engine.rating import (
    level_of,
    margin_bands,
    mark,
    rater_spread,
    settled,
    too_far_apart,
)

MARKS = st.lists(st.integers(4, 24).map(lambda quarter: quarter / 4), min_size=2, max_size=3)


def test_a_mark_is_the_mean_of_the_criteria():
    assert mark([3, 4, 4, 5]) == 4.0
    assert mark([6, 5, 6, 6]) == 5.75
    with pytest.raises(ValueError, match="levels lie in 1-6"):
        mark([3, 7])
    with pytest.raises(ValueError, match="at least one"):
        mark([])


def test_only_more_than_a_band_calls_for_a_third_rater():
    assert not too_far_apart([3.0, 4.0])
    assert not too_far_apart(
        [mark([1, 1, 1, 1, 2]), mark([2, 2, 2, 2, 3])]
    )  # 2.2 - 1.2 is more than 1 in binary
    assert too_far_apart([3.0, 4.25])
    assert too_far_apart([5.5, 4.25])


def test_the_mean_of_two_and_the_median_of_three():
    assert settled([3.0, 4.0]) == 3.5
    assert settled([2.0, 4.0, 4.25]) == 4.0
    assert settled([1.0, 6.0, 3.5]) == 3.5
    with pytest.raises(ValueError, match="two marks"):
        settled([3.0])


def test_a_half_counts_for_the_person():
    assert [level_of(value) for value in (1.0, 1.49, 1.5, 3.5, 5.49, 5.5, 6.0)] == [1, 1, 2, 4, 5, 6, 6]


def test_the_spread_is_the_prior_until_raters_have_rated():
    assert rater_spread([]) == 0.5
    # 30 · 0.25 = 7.5; one pair one band apart adds 0.5 to the squares and 1 to the freedom: √(8 / 31).
    assert rater_spread([[3.0, 4.0]]) == pytest.approx(math.sqrt(8 / 31))
    # Three marks 2, 4, 6: squares 8, freedom 2.
    assert rater_spread([[2.0, 4.0, 6.0]]) == pytest.approx(math.sqrt(15.5 / 32))


def test_the_margin_is_that_of_raters_and_at_least_that_of_these_raters():
    assert margin_bands([3.0, 3.0], 0.5) == pytest.approx(1.645 * 0.5 / math.sqrt(2))
    assert margin_bands([3.0, 5.0, 4.0], 0.5) == 1.0


@given(MARKS)
def test_a_result_lies_among_the_marks_and_does_not_depend_on_their_order(marks):
    value = settled(marks)
    assert min(marks) <= value <= max(marks)
    assert settled(marks[::-1]) == value
    assert margin_bands(marks, 0.5) >= (max(marks) - min(marks)) / 2


def test_kappa_reproduces_cohens_own_example():
    """J. Cohen (1968), table 1: N = 200, diagnoses of two judges, kappa .492 and, by his weights, .348."""
    counts = 200 * np.array([[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]])
    plain = 1 - np.eye(3)
    his = np.array([[0.0, 1, 3], [1, 0, 6], [3, 6, 0]])
    assert weighted_kappa(counts, plain) == pytest.approx(0.492, abs=0.0005)
    assert weighted_kappa(counts, his) == pytest.approx(0.348, abs=0.0005)


def test_quadratic_kappa_by_hand():
    """Pairs (1,1), (2,2), (2,3), (3,3): Σw·o = 1/4; margins (1,2,1)/4 and (1,1,2)/4 give Σw·e = (1+8+2+4+4+1)/16 = 20/16."""
    assert quadratic_weights(3).tolist() == [[0, 1, 4], [1, 0, 1], [4, 1, 0]]
    found = agreement([(1, 1), (2, 2), (2, 3), (3, 3)])
    assert found is not None
    assert (found.pairs, found.exact, found.adjacent) == (4, 0.75, 1.0)
    assert found.kappa == pytest.approx(1 - (1 / 4) / (20 / 16))


def test_nothing_to_compare_is_said_so():
    assert agreement([]) is None
    assert severity([]) is None
    assert weighted_kappa(np.zeros((6, 6))) is None
    same = agreement([(3, 3), (3, 3)])
    assert same is not None
    assert (same.exact, same.kappa) == (1.0, None)


def test_a_severe_rater_lies_below_the_others():
    assert severity([(3.0, 4.0), (4.0, 4.5)]) == -0.75
