"""Geometry of the graphics: positions add up, stay inside, and mean what they say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.svg.clocks import common_minutes, hour_marks, seen, two_clocks, unwound
from common.svg.falls import Fall, falls
from common.svg.scale import percent, place, round_ticks, shares
from common.svg.wage import wage_positions

D = Decimal


class TestScale:
    @pytest.mark.parametrize(
        ("steps", "text"), [(0, "0%"), (1, "0.01%"), (50, "0.5%"), (1250, "12.5%"), (10_000, "100%")]
    )
    def test_percentages_use_a_point_and_no_idle_zeros(self, steps: int, text: str) -> None:
        assert percent(steps) == text

    def test_a_place_is_held_inside_the_line(self) -> None:
        assert place(5, 0, 10) == 5000
        assert place(-3, 0, 10) == 0
        assert place(99, 0, 10) == 10_000
        assert place(D("6.20"), D("5.00"), D("11.00")) == 2000

    def test_a_line_without_length_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no length"):
            place(1, 4, 4)

    def test_thirds_add_up_to_the_whole(self) -> None:
        assert shares([1, 1, 1], 3) == [3334, 3333, 3333]

    def test_the_largest_remainder_gets_the_step_that_is_left(self) -> None:
        assert shares([166, 167, 167], 1000, 10) == [1, 2, 2]

    def test_a_part_of_the_whole_adds_up_to_its_rounded_sum(self) -> None:
        assert shares([2_240_000, 930_000, 1_690_000, 2_880_001], 10_000_000, 100) == [22, 9, 17, 29]

    @given(st.lists(st.integers(0, 10**7), min_size=1, max_size=9))
    def test_shares_of_everything_always_fill_the_line(self, values: list[int]) -> None:
        whole = sum(values) or 1
        found = shares(values, whole)
        assert sum(found) == (10_000 if sum(values) else 0)
        assert all(
            abs(got * whole - value * 10_000) < whole for got, value in zip(found, values, strict=True)
        )

    @pytest.mark.parametrize(("values", "whole"), [([-1, 2], 4), ([3, 3], 5), ([0], 0)])
    def test_impossible_shares_are_refused(self, values: list[int], whole: int) -> None:
        with pytest.raises(ValueError, match="at most the whole"):
            shares(values, whole)

    @pytest.mark.parametrize(
        ("low", "high", "ticks"),
        [
            ("5.41", "11.29", ["6", "8", "10"]),
            ("0", "1", ["0", "0.5", "1"]),
            ("1400", "2600", ["1500", "2000", "2500"]),
        ],
    )
    def test_ticks_are_round_numbers_inside_the_line(self, low: str, high: str, ticks: list[str]) -> None:
        assert round_ticks(D(low), D(high)) == [D(tick) for tick in ticks]

    @given(st.decimals(0, 10**6, places=2), st.decimals("0.01", 10**6, places=2))
    def test_there_are_never_more_ticks_than_fit(self, low: Decimal, length: Decimal) -> None:
        ticks = round_ticks(low, low + length)
        assert len(ticks) <= 5
        assert all(low <= tick <= low + length for tick in ticks)


class TestClocks:
    def test_a_block_over_midnight_has_its_whole_length(self) -> None:
        assert unwound([(1320, 360), (540, 1020), (0, 1440)]) == [(1320, 1800), (540, 1020), (0, 1440)]

    def test_a_window_shows_the_pieces_of_a_daily_block_merged(self) -> None:
        assert seen([(1320, 1800)], 0, 1440) == [(0, 360), (1320, 1440)]
        assert seen([(0, 600), (540, 700)], 0, 1440) == [(0, 700)]
        assert seen([(-120, 120)], 720, 2160) == [(1320, 1560)]

    def test_common_minutes_are_where_both_hold(self) -> None:
        assert common_minutes([(0, 480)], [(60, 120), (400, 900)]) == [(60, 120), (400, 480)]

    def test_dutch_nights_are_days_in_manila(self) -> None:
        winter = two_clocks([(0, 480)], [(360, 960)], 420, [360])
        assert (winter.overlap_minutes, winter.shift_minutes, winter.first) == (480, 480, 0)
        assert [(strip.start, strip.width) for strip in winter.overlap] == [(0, 3333)]
        assert winter.moved == [4167]
        summer = two_clocks([(0, 480)], [(420, 900)], 360)
        assert summer.overlap_minutes == 420

    def test_dutch_evenings_are_office_hours_in_bogota(self) -> None:
        assert two_clocks([(960, 1440)], [(540, 1020)], -360).overlap_minutes == 420
        assert two_clocks([(960, 1440)], [(540, 1020)], -420).overlap_minutes == 480

    def test_a_shift_over_midnight_is_shown_in_one_piece(self) -> None:
        night = two_clocks([(1320, 360)], [(1200, 300)], 60)
        assert night.first == 720
        assert [(strip.start, strip.width) for strip in night.shift] == [(4167, 3333)]
        assert night.overlap_minutes == 360

    @given(
        st.lists(st.tuples(st.integers(0, 1425), st.integers(0, 1425)), max_size=3),
        st.lists(st.tuples(st.integers(0, 1425), st.integers(0, 1425)), max_size=3),
        st.integers(-840, 840),
    )
    def test_overlap_is_what_a_minute_by_minute_count_finds(
        self, shift: list[tuple[int, int]], hours: list[tuple[int, int]], ahead: int
    ) -> None:
        def holds(blocks: list[tuple[int, int]], minute: int) -> bool:
            return any((minute - start) % 1440 < ((end - start) % 1440 or 1440) for start, end in blocks)

        counted = sum(holds(shift, m) and holds(hours, m + ahead) for m in range(1440))
        drawn = two_clocks(shift, hours, ahead)
        assert drawn.overlap_minutes == counted
        for strips in (drawn.shift, drawn.availability, drawn.overlap, drawn.night_above, drawn.night_below):
            assert all(strip.start >= 0 and strip.start + strip.width <= 10_000 for strip in strips)

    def test_marks_of_both_clocks_stand_on_the_same_instants(self) -> None:
        assert hour_marks(0)[:3] == [(0, 0), (1250, 180), (2500, 360)]
        assert hour_marks(0, 420)[:2] == [(833, 540), (2083, 720)]
        assert hour_marks(0, 330, 360)[0] == (208, 360)


class TestWage:
    def test_figures_keep_their_order_on_the_line(self) -> None:
        band = wage_positions(
            floor=D("6.20"),
            market=(D("7.10"), D("9.60")),
            offer=(D("9.00"), D("10.50")),
            minimum=D("7.50"),
            wish=D("9.40"),
        )
        assert band.floor is not None
        assert band.minimum is not None
        assert band.wish is not None
        assert band.market is not None
        assert band.offer is not None
        assert (
            0
            < band.floor
            < band.market[0]
            < band.minimum
            < band.offer[0]
            < band.wish
            < sum(band.offer)
            < 10_000
        )
        assert band.below_floor is None

    def test_an_offer_that_starts_at_the_floor_is_marked(self) -> None:
        assert wage_positions(floor=D("9.00"), offer=(D("9.00"), D("10.00"))).below_floor == 0

    def test_an_offer_wholly_below_the_floor_is_marked_wholly(self) -> None:
        band = wage_positions(floor=D("14.99"), offer=(D("9.00"), D("10.50")))
        assert band.offer is not None
        assert band.below_floor == band.offer[1]

    def test_one_known_end_is_a_range_without_length(self) -> None:
        assert wage_positions(market=(None, D("8.00"))).market == (5000, 0)

    def test_nothing_known_and_a_backward_range_are_refused(self) -> None:
        with pytest.raises(ValueError, match="no figure"):
            wage_positions()
        with pytest.raises(ValueError, match="backwards"):
            wage_positions(offer=(D("9"), D("8")))


class TestFalls:
    def test_rows_step_down_to_who_is_left(self) -> None:
        assert falls([1000, 400, 100, 500]) == [
            Fall(10_000, 0, 1000),
            Fall(6000, 4000, 600),
            Fall(5000, 1000, 500),
            Fall(5000, 0, 500),
        ]

    def test_nobody_at_all_is_an_empty_waterfall(self) -> None:
        assert falls([0, 0, 0]) == [Fall(0, 0, 0)] * 3

    @pytest.mark.parametrize("counts", [[10, 3, 6], [10], [10, -1, 11]])
    def test_counts_that_do_not_add_up_are_refused(self, counts: list[int]) -> None:
        with pytest.raises(ValueError, match=r"minus|needs"):
            falls(counts)
