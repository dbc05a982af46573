"""Levels, the end of a session, the order of options, days and months."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from assessments.engine.levels import (
    STANDARD_CUTS,
    band,
    ladder_place,
    ladder_places,
    margin,
    reach,
    stop_reason,
    sure_enough,
)
from assessments.engine.selection import in_natural_order, option_order
from assessments.rules.policy import add_months, is_stale, retake_on

CUTS = (-2.0, -1.0, 0.0, 1.0, 2.0)

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


def test_places_on_the_ladder_run_on_beyond_its_ends():
    """Cuts 1, 2, 4: rungs are 1, 1, 2 and 2 wide, the first and the last as wide as their neighbours."""
    found = ladder_places([0.0, 1.5, 3.0, 5.0, 9.0, -1.0], [0.2, 0.2, 0.2, 0.2, 0.2, 0.2], (1.0, 2.0, 4.0))
    assert found.place.tolist() == pytest.approx([0.0, 1.5, 2.5, 3.5, 5.5, -1.0])
    assert found.standard_error.tolist() == pytest.approx([0.2, 0.2, 0.1, 0.1, 0.1, 0.2])


@pytest.mark.parametrize(
    ("theta", "low", "high"), [(0.3, -0.7, 1.3), (-2.0, -3.0, -1.0), (-9.0, -3.5, -1.5), (9.0, 1.5, 3.5)]
)
def test_items_within_a_level_of_a_person_are_in_reach(theta, low, high):
    assert reach(theta, CUTS) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("error", "certainty", "answered", "unseen", "reason"),
    [
        (0.60, 0.88, 8, 9, "precise"),
        (0.60, 0.88, 7, 9, None),  # sure, but too early
        (0.61, 0.99, 20, 9, None),  # the level is sure, the ability is not
        (0.30, 0.879, 33, 9, None),
        (0.30, 0.879, 34, 9, "length"),
        (0.30, 0.88, 34, 9, "precise"),
        (0.70, 0.5, 12, 0, "no_items"),
    ],
)
def test_when_a_session_ends(error, certainty, answered, unseen, reason):
    sure = bool(sure_enough(0.7, error, certainty, STANDARD_CUTS))
    assert stop_reason(sure, answered=answered, unseen=unseen, max_items=34) == reason


def test_how_narrow_is_narrow_enough_hangs_on_the_width_of_the_level():
    """Three eighths of a level: 0.6 logits of 1.6, 0.75 of the 2 of a skill; of uneven levels that of the person's own."""
    languages = sure_enough([-3.9, -1.6, 0.2, 3.2], [0.6] * 4, [0.88] * 4, STANDARD_CUTS)
    assert languages.tolist() == [True] * 4
    assert not sure_enough([-3.9, -1.6, 0.2, 3.2], [0.6001] * 4, [0.99] * 4, STANDARD_CUTS).any()
    skills = sure_enough(
        [-2.0, 0.3, 1.0, 0.0], [0.75, 0.75, 0.751, 0.5], [0.88, 0.88, 0.99, 0.87], (-1.0, 1.0)
    )
    assert skills.tolist() == [True, True, False, False]
    assert sure_enough([0.5, 2.5], [0.4, 0.4], [0.9, 0.9], (0.0, 1.0, 3.0)).tolist() == [False, True]


def test_a_session_of_fixed_length_ends_there():
    found = [stop_reason(True, answered=n, unseen=9, min_items=12, max_items=12) for n in (8, 11, 12)]
    assert found == [None, None, "length"]


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
    parts = ("exposure", "levels", "scoring", "selection", "sessions", "simulation")
    code = (
        f"import sys, {', '.join(f'assessments.engine.{part}' for part in parts)};"
        " print(sorted({'mirt', 'scipy', 'django'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
