"""Weeks as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.rules.week import (
    QUICK_PICKS,
    DayGroup,
    Span,
    band_mask,
    day_groups,
    mask_of,
    overlaps,
    preferred_bands,
    preferred_mask,
    span_minutes,
    spans_of,
)
from candidates.words import week_hours, week_lines
from common.week import EMPTY_WEEK, Block, week_blocks, week_mask, week_minutes

QUARTERS = st.integers(0, 95).map(lambda quarter: quarter * 15)
MASKS = st.binary(min_size=84, max_size=84)


def test_end_after_start_is_the_same_day():
    assert span_minutes(Span(0, 540, 1020)) == 480
    assert list(week_blocks(mask_of([Span(0, 540, 1020)]))) == [Block(0, 540, 1020)]


def test_end_at_or_before_start_is_the_next_day():
    assert span_minutes(Span(4, 1320, 360)) == 480
    assert list(week_blocks(mask_of([Span(4, 1320, 360)]))) == [Block(4, 1320, 1440), Block(5, 0, 360)]


def test_sunday_night_runs_into_monday():
    assert list(week_blocks(mask_of([Span(6, 1320, 360)]))) == [Block(0, 0, 360), Block(6, 1320, 1440)]


def test_midnight_to_midnight_is_the_whole_day():
    assert span_minutes(Span(2, 0, 0)) == 1440
    assert spans_of(mask_of([Span(2, 0, 0)])) == [Span(2, 0, 0)]


def test_until_midnight_stays_on_its_day():
    assert spans_of(mask_of([Span(2, 1080, 0)])) == [Span(2, 1080, 0)]


def test_a_night_is_one_span_again():
    assert spans_of(mask_of([Span(6, 1320, 360)])) == [Span(6, 1320, 360)]


def test_a_stretch_longer_than_a_day_is_cut_where_it_can_be_written():
    whole = mask_of([Span(0, 480, 0), Span(1, 0, 600)])
    assert spans_of(whole) == [Span(0, 480, 0), Span(1, 0, 600)]


def test_always():
    always = week_mask(Block(day, 0, 1440) for day in range(7))
    assert spans_of(always) == [Span(day, 0, 0) for day in range(7)]


def test_off_the_quarter_hour_is_refused():
    with pytest.raises(ValueError, match="not on a quarter"):
        mask_of([Span(0, 541, 600)])


@given(MASKS)
def test_spans_say_the_mask_exactly(mask):
    assert mask_of(spans_of(mask)) == mask


@given(st.lists(st.builds(Span, st.integers(0, 6), QUARTERS, QUARTERS), max_size=8))
def test_spans_overlap_exactly_when_minutes_are_lost(spans):
    assert bool(overlaps(spans)) == (week_minutes(mask_of(spans)) < sum(map(span_minutes, spans)))


def test_overlap_names_the_two():
    assert overlaps([Span(0, 540, 1020), Span(1, 540, 1020), Span(0, 960, 1200)]) == [(0, 2)]
    assert overlaps([Span(0, 540, 720), Span(0, 720, 1020)]) == []


def test_overlap_over_midnight_and_the_end_of_the_week():
    assert overlaps([Span(6, 1320, 360), Span(0, 300, 600)]) == [(0, 1)]


def test_same_span_twice_is_one_overlap():
    assert overlaps([Span(0, 540, 600), Span(0, 540, 600)]) == [(0, 1)]


@pytest.mark.parametrize(
    ("pick", "hours"), [("weekdays", 40), ("evenings", 25), ("weekend", 16), ("nights", 40)]
)
def test_quick_picks(pick, hours):
    assert week_minutes(mask_of(QUICK_PICKS[pick])) == hours * 60


def test_parts_of_the_day_make_the_whole_week():
    assert (
        sum(week_minutes(band_mask(band)) for band in ("mornings", "afternoons", "evenings", "nights"))
        == 7 * 1440
    )


def test_preferred_is_within_what_is_offered():
    office = mask_of(QUICK_PICKS["weekdays"])
    assert week_minutes(preferred_mask(office, ["mornings"])) == 5 * 180
    assert preferred_bands(office, preferred_mask(office, ["mornings"])) == ["mornings"]
    assert preferred_mask(office, ["nights"]) == EMPTY_WEEK


def test_no_part_named_is_no_preference():
    office = mask_of(QUICK_PICKS["weekdays"])
    assert preferred_mask(office, []) == EMPTY_WEEK
    assert preferred_bands(office, EMPTY_WEEK) == []


def test_preferring_everything_names_what_is_offered():
    office = mask_of(QUICK_PICKS["weekdays"])
    assert preferred_bands(office, office) == ["mornings", "afternoons"]


def test_days_alike_stand_together():
    spans = [*QUICK_PICKS["weekdays"], Span(6, 600, 900)]
    assert day_groups(spans) == [DayGroup(0, 4, ((540, 1020),)), DayGroup(6, 6, ((600, 900),))]


def test_a_week_in_words():
    mask = mask_of([*QUICK_PICKS["weekdays"], Span(5, 0, 0), Span(6, 1320, 360)])
    assert week_lines(mask) == [
        "Monday to Friday: 09:00–17:00",
        "Saturday: the whole day",
        "Sunday: 22:00–06:00 the next day",
    ]
    assert week_hours(mask) == "72"


def test_two_days_are_joined_by_and_and_midnight_is_24():
    assert week_lines(mask_of([Span(5, 1080, 0), Span(6, 1080, 0)])) == ["Saturday and Sunday: 18:00–24:00"]


def test_broken_hours():
    assert week_hours(mask_of([Span(0, 540, 1005)])) == "7.75"
