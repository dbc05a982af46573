"""Scoring, levels, choice of items: hand-worked values and an independent plain-Python twin."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from math import exp, pi, sqrt
from random import Random

import numpy as np
import pytest

from assessments.engine.levels import (
    band,
    ladder_place,
    margin,
    stop_reason,
)
from assessments.engine.response_model import parameters, response_model
from assessments.engine.scoring import NOT_GIVEN, PRIOR_MEAN, PRIOR_SD, score, score_one
from assessments.engine.selection import in_natural_order, item_rng, next_item, option_order
from assessments.rules.policy import add_months, is_stale, retake_on

CUTS = (-2.0, -1.0, 0.0, 1.0, 2.0)


def chance(theta: float, a: float, b: float, c: float) -> float:
    return c + (1 - c) / (1 + exp(-a * (theta - b)))


def eap_in_plain_python(rows, answers) -> tuple[float, float]:
    """Mean and sd of the posterior by the trapezoid rule on -20…20 in steps of 0.005."""
    total = first = second = 0.0
    for step in range(-4000, 4001):
        theta = step * 0.005
        weight = exp(-((theta - PRIOR_MEAN) ** 2) / (2 * PRIOR_SD**2)) / (PRIOR_SD * sqrt(2 * pi))
        for (a, b, c), answer in zip(rows, answers, strict=True):
            p = chance(theta, a, b, c)
            weight *= p if answer else 1 - p
        total, first, second = total + weight, first + weight * theta, second + weight * theta * theta
    mean = first / total
    return mean, sqrt(second / total - mean * mean)


# --- the response model ---------------------------------------------------------------------------------------


def test_an_item_of_ones_own_difficulty_is_answered_right_in_62_5_percent():
    assert response_model(parameters([1.6], [0.3], [4])).probability(np.array([[0.3]]))[0, 0] == 0.625


def test_guessing_is_one_over_the_number_of_options():
    assert parameters([1.0, 1.2], [0.0, -1.0], [4, 2]).tolist() == [[1.0, 0.0, 0.25], [1.2, -1.0, 0.5]]


def test_model_follows_the_formula_of_birnbaum():
    rows = [(0.9, -3.4, 0.25), (1.6, 0.2, 0.25), (2.2, 3.2, 0.5)]
    thetas = [-4.0, -1.3, 0.0, 0.7, 5.0]
    model = response_model(np.array(rows)).probability(np.array(thetas)[:, None])
    expected = [[chance(theta, *row) for row in rows] for theta in thetas]
    assert model == pytest.approx(np.array(expected), abs=1e-12)


def test_information_peaks_where_lord_1980_says():
    """theta_max = b + ln((1 + sqrt(1 + 8c)) / 2) / a, equation 10-4."""
    model = response_model(parameters([1.6], [0.5], [4]))
    grid = np.linspace(-3, 3, 60_001)
    peak = grid[np.argmax(model.information(grid[:, None])[:, 0])]
    assert peak == pytest.approx(0.5 + np.log((1 + sqrt(3)) / 2) / 1.6, abs=2e-4)


# --- scoring --------------------------------------------------------------------------------------------------


def test_without_an_answer_the_prior_stands():
    assert score_one(parameters([1.0], [0.0], [4]), []) == (0.0, 2.8)
    assert score_one(parameters([1.0], [0.0], [4]), [NOT_GIVEN]) == (0.0, 2.8)


@pytest.mark.parametrize("seed", range(12))
def test_scoring_agrees_with_the_plain_python_twin(seed):
    stream = Random(seed)
    count = stream.choice([1, 2, 5, 12, 30])
    rows = [(stream.uniform(0.9, 2.2), stream.uniform(-3.4, 3.2), 0.25) for _ in range(count)]
    answers = [stream.randrange(2) for _ in rows]
    assert score_one(np.array(rows), answers) == pytest.approx(eap_in_plain_python(rows, answers), abs=2e-4)


@pytest.mark.parametrize("theta", [-4.0, -1.0, 0.0, 2.5, 4.0])
def test_the_sharpest_posterior_of_thirty_items_is_still_exact(theta):
    rows = [(2.2, theta, 0.25)] * 30
    answers = [1, 1, 0, 1, 1, 0, 1, 0, 1, 1] * 3
    assert score_one(np.array(rows), answers) == pytest.approx(eap_in_plain_python(rows, answers), abs=2e-4)


def test_one_right_and_one_wrong_answer_balance_by_hand():
    """The mean of the posterior, weighed by the chance of each answer, is the mean of the prior."""
    rows = parameters([1.0], [0.0], [2])
    right, wrong = score_one(rows, [1]), score_one(rows, [0])
    # P(right) = 3/4 under the prior, so the two posterior means balance: 3/4 · right + 1/4 · wrong = 0.
    assert 0.75 * right[0] + 0.25 * wrong[0] == pytest.approx(0, abs=1e-6)
    assert right[0] > 0 > wrong[0]


def test_items_not_given_change_nothing():
    rows = parameters([1.2, 1.4, 1.6], [-1.0, 0.0, 1.0], [4, 4, 4])
    assert score_one(rows, [1, NOT_GIVEN, 0]) == pytest.approx(score_one(rows[[0, 2]], [1, 0]), abs=1e-12)


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


# --- levels ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theta", "level"),
    [
        (-9, 1),
        (-2.0001, 1),
        (-2.0, 2),
        (-1.0, 3),
        (-0.0001, 3),
        (0.0, 4),
        (0.9999, 4),
        (1.0, 5),
        (2.0, 6),
        (9, 6),
    ],
)
def test_a_lower_bound_belongs_to_its_level(theta, level):
    assert band(theta, CUTS) == level


def test_margin_is_the_ninety_percent_interval():
    found = margin(0.5, 0.4, CUTS)
    assert (found.low, found.high) == pytest.approx((0.5 - 0.6579415, 0.5 + 0.6579415), abs=1e-6)
    assert (found.lowest_level, found.highest_level, found.one_level) == (3, 5, False)
    assert margin(0.5, 0.3, CUTS).one_level
    assert margin(-3.2, 0.6, CUTS).one_level  # A1 is open below


@pytest.mark.parametrize(
    ("theta", "place"),
    [(-9, 0), (-3, 0), (-2.5, 0.5), (-2, 1), (0.25, 3.25), (2, 5), (2.5, 5.5), (3, 6), (9, 6)],
)
def test_the_ladder_has_equal_rungs(theta, place):
    assert ladder_place(theta, CUTS) == pytest.approx(place)


def test_rungs_of_unequal_bands_are_equal_too():
    assert ladder_place(0.5, (-2.0, -1.5, 0.0, 1.0, 3.0)) == pytest.approx(3.5)


@pytest.mark.parametrize(
    ("theta", "error", "answered", "unseen", "reason"),
    [
        (0.5, 0.30, 8, 9, "precise"),
        (0.5, 0.30, 7, 9, None),  # sure, but too early
        (0.5, 0.31, 29, 9, None),
        (0.5, 0.31, 30, 9, "length"),
        (0.5, 0.30, 30, 9, "precise"),
        (0.5, 0.31, 12, 0, "no_items"),
        (2.9, 0.54, 8, 9, "precise"),  # C2 is open above
    ],
)
def test_when_a_session_ends(theta, error, answered, unseen, reason):
    assert stop_reason(theta, error, CUTS, answered=answered, unseen=unseen, max_items=30) == reason


# --- choice of items ------------------------------------------------------------------------------------------

BANK = parameters([1.5] * 60, np.linspace(-3, 3, 60), [4] * 60)
AREAS = ["reading", "use_of_language"] * 30


def choose(theta=0.0, given=(), unseen=None, seed=1, areas=AREAS, params=BANK):
    unseen = set(range(len(params))) - set(given) if unseen is None else unseen
    return next_item(
        params, theta, unseen=unseen, given=given, areas=areas, rng=item_rng(seed, len(given) + 1)
    )


def test_the_same_seed_chooses_the_same_item_and_seeds_differ():
    assert choose(seed=3) == choose(seed=3)
    assert len({choose(seed=seed) for seed in range(200)}) == 12


def test_the_choice_is_among_the_most_informative():
    information = response_model(BANK).information(np.array([[0.7]]))[0]
    best = set(np.argsort(-information)[:12].tolist())
    assert {choose(theta=0.7, seed=seed) for seed in range(300)} == best


def test_the_area_that_is_behind_comes_next():
    for seed in range(30):
        assert AREAS[choose(given=(0,), seed=seed)] == "use_of_language"
        assert AREAS[choose(given=(1, 3, 0), seed=seed)] == "reading"


def test_a_whole_session_gives_both_areas_equally_and_no_item_twice():
    given: list[int] = []
    for _ in range(30):
        given.append(choose(given=tuple(given), seed=8))
    assert len(set(given)) == 30
    assert sum(AREAS[row] == "reading" for row in given) == 15


def test_only_unseen_items_are_chosen_even_when_their_area_is_ahead():
    assert choose(given=(0, 2, 4), unseen={6}) == 6


def test_choosing_and_scoring_take_a_few_milliseconds():
    from time import perf_counter

    rng = np.random.default_rng(0)
    params = parameters(rng.uniform(1, 2, 144), rng.uniform(-3, 3, 144), [4] * 144)
    areas = ["reading", "use_of_language"] * 72
    given = list(range(29))
    choose(given=given, areas=areas, params=params)
    times = []
    for seed in range(20):
        start = perf_counter()
        theta, _ = score_one(params[given], [1, 0] * 14 + [1])
        choose(theta, given=given, areas=areas, params=params, seed=seed)
        times.append(perf_counter() - start)
    assert min(times) < 0.010


# --- order of options -----------------------------------------------------------------------------------------

WORDS = ("sends", "sent", "has sent", "sending")


def test_order_of_options_is_a_fixed_permutation_of_the_session():
    """Golden: pages that are open keep their meaning as long as these stand."""
    assert option_order(20261122, 1, WORDS) == (1, 3, 0, 2)
    assert option_order(20261122, 2, WORDS) == (3, 0, 2, 1)
    assert option_order(7, 1, WORDS) == (0, 1, 2, 3)


def test_every_option_comes_first_equally_often():
    firsts = [option_order(seed, 1, WORDS)[0] for seed in range(4000)]
    assert all(900 < firsts.count(option) < 1100 for option in range(4))


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (("€3", "€4", "€6", "€13"), True),
        (("At 6:05", "At 6:15", "At 6:25", "At 6:55"), True),
        (("Monday", "Friday", "Saturday", "Sunday"), True),
        (("€13", "€4", "€6", "€3"), False),
        (("Maandag", "Dinsdag", "Donderdag", "Zondag"), True),
        (("Am Montag", "Am Dienstag", "Am Mittwoch", "Am Samstag"), True),
        (("lundi", "mercredi", "jeudi", "dimanche"), True),
        (("El lunes", "El miércoles", "El sábado", "El domingo"), True),
        (("lunedì", "martedì", "giovedì", "sabato"), True),
        (("Friday", "Monday"), False),
        (("On Monday or Tuesday", "On Wednesday"), False),
        (("Monday, 2 pm", "Tuesday"), False),
        (("In 2 days", "After 3 to 5 days"), False),
        (WORDS, False),
    ],
)
def test_prices_times_and_days_keep_their_natural_order(options, kept):
    assert in_natural_order(options) is kept
    if kept:
        assert {option_order(seed, 1, options) for seed in range(50)} == {tuple(range(len(options)))}


# --- days and months ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_are_added_on_the_calendar(day, months, result):
    assert add_months(day, months) == result


def test_retake_and_resume_take_fourteen_days():
    assert retake_on(date(2026, 11, 22)) == date(2026, 12, 6)
    start = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert not is_stale(start, start + timedelta(days=14))
    assert is_stale(start, start + timedelta(days=14, seconds=1))


# --- start of a process ---------------------------------------------------------------------------------------


def test_importing_the_engine_leaves_mirt_and_scipy_alone():
    code = (
        "import assessments.engine.levels, assessments.engine.scoring, assessments.engine.selection,"
        " assessments.engine.simulation, sys; print(sorted({'mirt', 'scipy', 'django'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
