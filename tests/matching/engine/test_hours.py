"""Shifts on two clocks through clock changes, by hand."""

import pytest

from matching.engine import Code, ShiftBlock, UnknownZone, rank
from matching.engine.clocks import weeks_in_two_clocks
from matching.engine.gates import judge_hours
from matching.engine.hours import HoursFacts
from matching.engine.offsets import regimes_between
from matching.engine.zones import load_zone
from tests.matching.engine.people import ALWAYS, Person, day, pool_of, shifts, speaker, vacancy

WEEKDAYS = tuple(range(5))
NIGHTS = shifts(*((weekday, 0, 480) for weekday in WEEKDAYS))
EVENINGS = shifts(*((weekday, 960, 1440) for weekday in WEEKDAYS))
A_YEAR = {"start_day": day(2026, 11, 2), "end_day": day(2027, 10, 29)}


def facts_of(person: Person, query) -> HoursFacts:
    pool = pool_of(person)
    return judge_hours(pool, query, pool.candidate_id - person.id)[1]


def clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def clocks(query, zone: str) -> set[tuple[str, str]]:
    views = weeks_in_two_clocks(query, pool_of(speaker(zone=zone)))
    return {(clock(b.person_start), clock(b.person_end)) for view in views for b in view.blocks}


@pytest.mark.parametrize(
    ("shift", "zone", "expected"),
    [
        (NIGHTS, "Asia/Manila", {("07:00", "15:00"), ("06:00", "14:00")}),
        (EVENINGS, "America/Bogota", {("10:00", "18:00"), ("09:00", "17:00")}),
        (NIGHTS, "Asia/Kathmandu", {("04:45", "12:45"), ("03:45", "11:45")}),
        (EVENINGS, "Europe/Lisbon", {("15:00", "23:00")}),
        (
            EVENINGS,
            "Pacific/Chatham",
            {("04:45", "12:45"), ("03:45", "11:45"), ("02:45", "10:45")},
        ),
    ],
)
def test_amsterdam_by_other_clocks(shift, zone: str, expected: set[tuple[str, str]]) -> None:
    assert clocks(vacancy(shifts=shift, **A_YEAR), zone) == expected


def test_manila_in_winter_and_in_summer() -> None:
    views = weeks_in_two_clocks(vacancy(shifts=NIGHTS, **A_YEAR), pool_of(speaker(zone="Asia/Manila")))
    starts = {view.monday: clock(view.blocks[0].person_start) for view in views}
    assert starts == {day(2027, 3, 29): "06:00", day(2026, 11, 2): "07:00"}
    assert {view.monday: view.weeks for view in views} == {day(2027, 3, 29): 31, day(2026, 11, 2): 21}


def test_people_in_manila_and_bogota_fill_night_and_evening_in_their_own_day() -> None:
    manila = tuple((weekday, 360, 900) for weekday in WEEKDAYS)
    bogota = tuple((weekday, 540, 1080) for weekday in WEEKDAYS)
    for shift, zone, blocks in (
        (NIGHTS, "Asia/Manila", manila),
        (EVENINGS, "America/Bogota", bogota),
    ):
        query = vacancy(shifts=shift, **A_YEAR)
        facts = facts_of(speaker(zone=zone, blocks=blocks), query)
        assert facts.worst_overlap.tolist() == [2400]
        assert facts.night.tolist() == [0]
        one_hour_less = tuple((weekday, start + 60, end) for weekday, start, end in blocks)
        facts = facts_of(speaker(zone=zone, blocks=one_hour_less), query)
        assert (facts.worst_overlap.tolist(), facts.shortfall.tolist()) == ([2100], [300])


def test_the_american_change_comes_weeks_before_the_european() -> None:
    query = vacancy(shifts=EVENINGS, start_day=day(2027, 3, 1), end_day=day(2027, 4, 9))
    views = weeks_in_two_clocks(query, pool_of(speaker(zone="America/New_York")))
    by_start = {clock(view.blocks[0].person_start): view.mondays for view in views}
    assert by_start == {
        "10:00": (day(2027, 3, 1), day(2027, 3, 8), day(2027, 3, 29), day(2027, 4, 5)),
        "11:00": (day(2027, 3, 15), day(2027, 3, 22)),
    }


def test_morocco_changes_for_good_on_20_september_2026() -> None:
    query = vacancy(shifts=EVENINGS, start_day=day(2026, 9, 7), end_day=day(2026, 10, 9))
    views = weeks_in_two_clocks(query, pool_of(speaker(zone="Africa/Casablanca")))
    by_start = {clock(view.blocks[0].person_start): view.mondays for view in views}
    assert by_start == {
        "15:00": (day(2026, 9, 7), day(2026, 9, 14)),
        "14:00": (day(2026, 9, 21), day(2026, 9, 28), day(2026, 10, 5)),
    }
    later = vacancy(shifts=EVENINGS, start_day=day(2027, 1, 4), end_day=day(2027, 3, 19))
    assert clocks(later, "Africa/Casablanca") == {("15:00", "23:00")}


def test_no_clock_change_at_all() -> None:
    query = vacancy(zone="Africa/Johannesburg", shifts=shifts((0, 540, 1020)), hours_week=480, **A_YEAR)
    views = weeks_in_two_clocks(query, pool_of(speaker(zone="Asia/Manila")))
    assert [(view.weeks, clock(view.blocks[0].person_start)) for view in views] == [(52, "15:00")]


SPRING = {"start_day": day(2027, 3, 22), "end_day": day(2027, 3, 28)}
AUTUMN = {"start_day": day(2027, 10, 25), "end_day": day(2027, 10, 31)}


@pytest.mark.parametrize(
    ("season", "start", "end", "utc_start", "minutes"),
    [
        (SPRING, 0, 480, 23 * 60, 420),
        (AUTUMN, 0, 480, 22 * 60, 540),
        (SPRING, 135, 240, 60, 60),
        (SPRING, 120, 180, 60, 0),
        (SPRING, 60, 150, 0, 60),
        (SPRING, 60, 180, 0, 60),
        (AUTUMN, 120, 180, 0, 120),
        (AUTUMN, 150, 165, 30, 15),
    ],
)
def test_a_sunday_block_in_the_week_of_a_change(season, start, end, utc_start, minutes) -> None:
    query = vacancy(shifts=shifts((6, start, end), (0, 600, 660)), hours_week=60, **season)
    (view,) = weeks_in_two_clocks(query, pool_of(speaker(zone="UTC")))
    (block,) = [block for block in view.blocks if block.weekday != 0]
    assert (block.minutes, block.overlap) == (minutes, minutes)
    assert block.person_start % 1440 == utc_start


@pytest.mark.parametrize(
    ("season", "blocks", "expected"),
    [
        # The block 00:00-08:00 lasts 7 hours; whoever has the same hours covers all of it.
        (SPRING, ((6, 0, 480),), 420),
        (AUTUMN, ((6, 0, 480),), 540),
        # 02:00-03:00 does not exist; whatever ends or begins there ends or begins with the change.
        (SPRING, ((6, 0, 120),), 120),
        (SPRING, ((6, 0, 150),), 120),
        (SPRING, ((6, 0, 180),), 120),
        (SPRING, ((6, 120, 180),), 0),
        (SPRING, ((6, 120, 150),), 0),
        (SPRING, ((6, 150, 240),), 60),
        (SPRING, ((6, 180, 240),), 60),
        # 02:00-03:00 comes twice; an end at 02:30 means the first one.
        (AUTUMN, ((6, 0, 150),), 150),
        (AUTUMN, ((6, 0, 180),), 240),
        (AUTUMN, ((6, 150, 240),), 150),
    ],
)
def test_availability_in_the_night_of_a_change(season, blocks, expected: int) -> None:
    query = vacancy(shifts=shifts((6, 0, 480)), hours_week=60, **season)
    facts = facts_of(speaker(zone="Europe/Amsterdam", blocks=blocks), query)
    assert facts.worst_overlap.tolist() == [expected]


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Australia/Lord_Howe", "America/Santiago"])
@pytest.mark.parametrize("start", [day(2027, 1, 4), day(2027, 7, 5)])
def test_longer_hours_never_cover_less(zone: str, start: int) -> None:
    """Every stretch of a Sunday and a Monday night, quarter by quarter, through half a year with a change either way."""
    query = vacancy(
        zone="UTC",
        shifts=tuple(ShiftBlock(weekday, 0, 1440) for weekday in range(7)),
        hours_week=60,
        start_day=start,
        end_day=start + 180,
    )
    quarters = range(6 * 1440 - 60, 6 * 1440 + 241, 15)
    stretches = [(a, b) for a in quarters for b in quarters if a < b]
    people = [
        speaker(
            id=number,
            zone=zone,
            blocks=((6, a - 6 * 1440, b - 6 * 1440) if a >= 6 * 1440 else (5, a - 5 * 1440, b - 5 * 1440),),
        )
        for number, (a, b) in enumerate(stretches, start=1)
    ]
    pool = pool_of(*people)
    covered = dict(
        zip(stretches, judge_hours(pool, query, pool.candidate_id - 1)[1].worst_overlap.tolist(), strict=True)
    )
    assert max(covered.values()) > min(covered.values())
    for (a, b), minutes in covered.items():
        assert covered.get((a - 15, b), minutes) >= minutes
        assert covered.get((a, b + 15), minutes) >= minutes


def test_a_week_shortened_by_the_clock_asks_for_no_more_than_it_has() -> None:
    query = vacancy(shifts=shifts(*((d, 0, 480, True) for d in range(5)), (6, 0, 480, True)), hours_week=2880,
                    **SPRING)  # fmt: skip
    pool = pool_of(speaker(zone="Europe/Amsterdam"))
    result = rank(pool, query)
    assert result.eligible == 1
    assert facts_of(speaker(zone="Europe/Amsterdam"), query).worst_overlap.tolist() == [2820]


def test_every_must_block_has_to_be_covered_in_every_week() -> None:
    monday_only = shifts((0, 960, 1200, True), (1, 540, 1020), (2, 540, 1020))
    query = vacancy(shifts=monday_only, hours_week=480, **A_YEAR)
    ends_late = speaker(id=1, zone="America/New_York", blocks=((0, 600, 840), (1, 0, 1440), (2, 0, 1440)))
    fits_always = speaker(id=2, zone="America/New_York", blocks=((0, 600, 900), (1, 0, 1440), (2, 0, 1440)))
    result = rank(pool_of(ends_late, fits_always), query)
    assert result.waterfall.by_code() == {Code.MUST_BLOCK: 1}
    assert result.candidate_ids.tolist() == [2]


@pytest.mark.parametrize(
    ("hours", "code"),
    [((2401, 3000), Code.FEWER_HOURS), ((0, 2399), Code.MORE_HOURS), ((2400, 2400), None)],
)
def test_the_persons_own_hours_decide_too(hours, code) -> None:
    result = rank(pool_of(speaker(hours=hours)), vacancy())
    assert result.waterfall.by_code() == ({code: 1} if code else {})


def test_preferred_and_night_minutes_by_hand() -> None:
    # One week, shift 20:00-04:00 Monday; 4 of its hours are asked. UTC all round.
    query = vacancy(
        zone="UTC", shifts=(ShiftBlock(0, 1200, 480),), hours_week=240, start_day=day(2027, 1, 4),
        end_day=day(2027, 1, 8)
    )  # fmt: skip
    no_wish = facts_of(speaker(zone="UTC"), query)
    assert (no_wish.worked.tolist(), no_wish.preferred.tolist(), no_wish.night.tolist()) == (
        [240],
        [240],
        [120],
    )
    evening = facts_of(speaker(zone="UTC", preferred=((0, 1200, 1320),)), query)
    assert (evening.preferred.tolist(), evening.night.tolist()) == ([120], [120])
    night_owl = facts_of(speaker(zone="UTC", preferred=((0, 1320, 1680),)), query)
    assert (night_owl.preferred.tolist(), night_owl.night.tolist()) == ([240], [0])
    never = facts_of(speaker(zone="UTC", preferred=()), query)
    assert (never.preferred.tolist(), never.night.tolist()) == ([0], [120])


def test_the_pinned_zones_only() -> None:
    with pytest.raises(UnknownZone):
        load_zone("Europe/Atlantis")
    with pytest.raises(UnknownZone):
        load_zone("../zones")
    with pytest.raises(UnknownZone, match="seconds"):
        regimes_between("Africa/Monrovia", -10_000, -9_000)


def test_a_shift_over_sunday_midnight_counts_once_and_in_its_own_week() -> None:
    query = vacancy(zone="UTC", shifts=(ShiftBlock(6, 1320, 480),), hours_week=480, **SPRING)
    there = facts_of(speaker(zone="UTC", blocks=((6, 1320, 1800),)), query)
    assert there.worst_overlap.tolist() == [480]
    until_midnight = facts_of(speaker(zone="UTC", blocks=((6, 1320, 1440),)), query)
    assert until_midnight.worst_overlap.tolist() == [120]


def test_availability_around_the_clock_covers_any_shift() -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"):
        query = vacancy(shifts=(ShiftBlock(3, 7, 1423),), hours_week=1423)
        assert facts_of(speaker(zone=zone, blocks=ALWAYS), query).worst_overlap.tolist() == [1423]
