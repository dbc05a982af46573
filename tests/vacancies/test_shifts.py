"""Overlaps of shift blocks, over midnight and over the end of the week."""

from hypothesis import given
from hypothesis import strategies as st

from vacancies.content import ShiftRow
from vacancies.rules.shifts import overlapping_shifts, week_total_minutes
from vacancies.templatetags.vacancies import block_words, day_words

SHIFTS = st.builds(
    ShiftRow,
    weekday=st.integers(0, 6),
    start_minute=st.integers(0, 95).map(lambda quarter: quarter * 15),
    duration_minutes=st.integers(1, 96).map(lambda quarters: quarters * 15),
)


def held(shift: ShiftRow) -> set[int]:
    start = shift.weekday * 96 + shift.start_minute // 15
    return {quarter % (7 * 96) for quarter in range(start, start + shift.duration_minutes // 15)}


@given(st.lists(SHIFTS, max_size=8))
def test_overlaps_are_found_exactly_when_two_blocks_hold_the_same_quarter(shifts: list[ShiftRow]) -> None:
    quarters = [quarter for shift in shifts for quarter in held(shift)]
    assert bool(overlapping_shifts(shifts)) == (len(quarters) != len(set(quarters)))


def test_sunday_night_runs_into_monday_morning() -> None:
    night, morning = ShiftRow(6, 22 * 60, 8 * 60), ShiftRow(0, 5 * 60, 60)
    assert overlapping_shifts([night, morning]) == [(night, morning)]
    assert overlapping_shifts([night, ShiftRow(0, 6 * 60, 60)]) == []


def test_the_same_block_twice_overlaps() -> None:
    block = ShiftRow(2, 540, 480)
    assert overlapping_shifts([block, block]) != []


def test_a_whole_week_without_a_gap_does_not_overlap() -> None:
    whole = [ShiftRow(day, 0, 1440) for day in range(7)]
    assert overlapping_shifts(whole) == []
    assert week_total_minutes(whole) == 7 * 1440


def test_blocks_and_days_in_words() -> None:
    assert block_words(9 * 60, 8 * 60) == "09:00–17:00"
    assert block_words(16 * 60, 8 * 60) == "16:00–24:00"
    assert block_words(22 * 60, 8 * 60) == "22:00–06:00 the next day"
    assert day_words([0, 1, 2, 3, 4]) == "Mon–Fri"
    assert day_words([0, 2]) == "Mon, Wed"
