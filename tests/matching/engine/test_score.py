"""The two-sided total and its parts, by hand and as properties."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.scale import apportion
from matching.engine.score import contributions, harmonic, score

FIT = st.one_of(st.sampled_from((0, 1, 10**7)), st.integers(0, 10**7))
FITS = st.lists(FIT, min_size=7, max_size=7)
WEIGHTS = st.lists(st.integers(0, 1000), min_size=7, max_size=7).filter(any).map(tuple)
LANGUAGE, CULTURE, TIME, PAY, *_ = range(7)


def row(values: list[int]) -> np.ndarray:
    return np.array([values], dtype=np.int64)


def test_a_total_by_hand() -> None:
    # E = 0.8 from language, C = 0.4 from pay: S = 2 · 0.8 · 0.4 / 1.2 = 0.5333333.
    fits = row([8_000_000, 0, 0, 4_000_000, 0, 0, 0])
    employer, candidate = (1, 0, 0, 0, 0, 0, 0), (0, 0, 0, 1, 0, 0, 0)
    scores = score(fits, employer, candidate)
    assert (scores.employer.tolist(), scores.candidate.tolist()) == ([8_000_000], [4_000_000])
    assert scores.total.tolist() == [5_333_333]
    # Language: 0.8 · 2 · 0.16 / 1.44 = 0.1777777; pay: 0.4 · 2 · 0.64 / 1.44 = 0.3555555;
    # one unit is missing, and the larger part gets it.
    assert contributions(fits, employer, candidate).tolist() == [[1_777_777, 0, 0, 3_555_556, 0, 0, 0]]


def test_two_weights_on_one_part() -> None:
    # E = C = 0.5: every part simply counts half its employer and half its candidate share.
    fits = row([5_000_000] * 7)
    employer, candidate = (1, 0, 1, 0, 0, 0, 0), (0, 0, 1, 3, 0, 0, 0)
    assert score(fits, employer, candidate).total.tolist() == [5_000_000]
    assert contributions(fits, employer, candidate).tolist() == [
        [1_250_000, 0, 1_875_000, 1_875_000, 0, 0, 0]
    ]


def test_nothing_and_everything() -> None:
    weights = (30, 10, 15, 0, 25, 5, 15)
    assert score(row([0] * 7), weights, weights).total.tolist() == [0]
    assert contributions(row([0] * 7), weights, weights).tolist() == [[0] * 7]
    assert score(row([10**7] * 7), weights, weights).total.tolist() == [10**7]
    assert contributions(row([10**7] * 7), weights, weights).sum() == 10**7


def test_one_good_side_cannot_hide_a_bad_one() -> None:
    assert harmonic(row([10**7]), row([0])).tolist() == [[0]]
    assert harmonic(row([9_000_000]), row([1_000_000])).tolist() == [[1_800_000]]


@settings(max_examples=500, deadline=None, derandomize=True)
@given(FITS, WEIGHTS, WEIGHTS)
def test_contributions_add_up_exactly_and_stay_near_the_formula(fits, employer, candidate) -> None:
    parts = contributions(row(fits), employer, candidate)[0].tolist()
    scores = score(row(fits), employer, candidate)
    total, e, c = (int(side[0]) for side in (scores.total, scores.employer, scores.candidate))
    assert sum(parts) == total
    assert min(parts) >= 0
    assert 0 <= total <= 10**7
    if e + c == 0:
        return
    for fit, a, b, part in zip(fits, apportion(employer), apportion(candidate), parts, strict=True):
        exact = Fraction(2 * (fit * a // 10**7 * c * c + fit * b // 10**7 * e * e), (e + c) ** 2)
        assert abs(part - exact) <= 2
        if fit * a // 10**7 + fit * b // 10**7 == 0:
            assert part == 0


@settings(max_examples=300, deadline=None, derandomize=True)
@given(FITS, st.integers(0, 6), st.integers(0, 10**7), WEIGHTS, WEIGHTS)
def test_a_better_part_never_lowers_the_total(fits, part, more, employer, candidate) -> None:
    better = list(fits)
    better[part] = min(10**7, fits[part] + more)
    before, after = (score(row(one), employer, candidate).total[0] for one in (fits, better))
    assert after >= before
