"""The shift in two clocks for one person: what a two-clock strip draws.

Minutes count from midnight of the week's Monday, each by the clock named, so they may be
negative or pass 10,080.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from matching.engine.columns import SLOT_MINUTES, SLOTS_A_WEEK
from matching.engine.hours import HoursFacts, ZoneCalendar, measure_calendar
from matching.engine.offsets import DAY_MINUTES, Regimes
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.shift_weeks import (
    Pattern,
    Segment,
    ShiftWeek,
    When,
    block_segment,
    local_pattern,
    shift_weeks,
    slot_of,
    zone_regimes,
)
from matching.engine.week_minutes import Bits, shift_minutes, unpack_masks


@dataclass(frozen=True, slots=True)
class BlockInTwoClocks:
    """A shift block: by the vacancy's clock, by the person's, and the minutes both share."""

    weekday: int
    must: bool
    vacancy_start: int
    vacancy_end: int
    person_start: int
    person_end: int
    minutes: int
    overlap: int


@dataclass(frozen=True, slots=True)
class WeekInTwoClocks:
    """A week, and all weeks of the contract that look the same by the person's clock.

    monday: day of the first such week's Monday. weeks: how many look like it.
    mondays: the days of all their Mondays. spans: (first day, last day) of every run of such weeks,
    inside the contract. vacancy_offset, person_offset: minutes east of UTC in the middle of the
    first such week. overlap, needed, preferred, night: minutes a week.
    """

    monday: int
    weeks: int
    mondays: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    vacancy_offset: int
    person_offset: int
    overlap: int
    needed: int
    preferred: int
    night: int
    blocks: tuple[BlockInTwoClocks, ...]


def weeks_in_two_clocks(query: VacancyQuery, person: Pool) -> tuple[WeekInTwoClocks, ...]:
    """Every distinct week of the contract, the most frequent first, then by date."""
    regimes = zone_regimes(query, person.zones[int(person.zone_code[0])])
    alike: dict[Pattern, list[ShiftWeek]] = defaultdict(list)
    own = zone_regimes(query, query.zone)
    for week in shift_weeks(query):
        alike[local_pattern(week, regimes)].append(week)
    views = [_view(query, person, regimes, own, weeks) for weeks in alike.values()]
    return tuple(sorted(views, key=lambda view: (-view.weeks, view.monday)))


def touched_slots(query: VacancyQuery, person: Pool) -> Bits:
    """bool (672,): quarter-hours of the person's own week that the shift touches in some week."""
    regimes = zone_regimes(query, person.zones[int(person.zone_code[0])])
    touched = np.zeros(SLOTS_A_WEEK, dtype=np.bool_)
    for week in shift_weeks(query):
        for moment in local_pattern(week, regimes):
            start = moment.start
            if moment.when == When.REPEATED:
                touched[slot_of(moment.anchor - SLOT_MINUTES)] = True
            if moment.when == When.AFTER_GAP:
                start -= moment.gap
            for minute in range(start - start % SLOT_MINUTES, moment.end, SLOT_MINUTES):
                touched[slot_of(minute)] = True
    return touched


def own_week(person: Pool) -> tuple[Bits, Bits | None]:
    """bool (672,) each: when the person is available, and the hours they prefer (None = not stated)."""
    masks = unpack_masks(person.week_masks)
    preferred = int(person.preferred_code[0])
    return masks[int(person.availability_code[0])], masks[preferred] if preferred >= 0 else None


def blocks_of(slots: Bits) -> list[tuple[int, int, int]]:
    """(weekday, start, end) of every run of slots, minutes of that day, cut at midnight."""
    days = np.pad(slots.reshape(7, -1).astype(np.int8), ((0, 0), (1, 1)))
    edges = np.diff(days, axis=1)
    found = []
    for weekday in range(7):
        starts, ends = np.flatnonzero(edges[weekday] == 1), np.flatnonzero(edges[weekday] == -1)
        found += [
            (weekday, int(start) * SLOT_MINUTES, int(end) * SLOT_MINUTES)
            for start, end in zip(starts, ends, strict=True)
        ]
    return found


def _spans(mondays: list[int], query: VacancyQuery) -> tuple[tuple[int, int], ...]:
    runs: list[list[int]] = []
    for monday in sorted(mondays):
        if runs and monday == runs[-1][-1] + 7:
            runs[-1].append(monday)
        else:
            runs.append([monday])
    return tuple((max(run[0], query.start_day), min(run[-1] + 6, query.end_day)) for run in runs)


def _view(
    query: VacancyQuery, person: Pool, regimes: Regimes, own: Regimes, weeks: list[ShiftWeek]
) -> WeekInTwoClocks:
    week = weeks[0]
    pattern = local_pattern(week, regimes)
    facts = _measure(person, pattern, query.hours_week)
    monday = week.monday * DAY_MINUTES
    middle = monday + 7 * DAY_MINUTES // 2
    return WeekInTwoClocks(
        monday=week.monday,
        weeks=len(weeks),
        mondays=tuple(one.monday for one in weeks),
        spans=_spans([one.monday for one in weeks], query),
        vacancy_offset=own.offset_at(middle),
        person_offset=regimes.offset_at(middle),
        overlap=int(facts.worst_overlap[0]),
        needed=min(query.hours_week, shift_minutes(pattern)[0]),
        preferred=int(facts.preferred[0]),
        night=int(facts.night[0]),
        blocks=tuple(
            _block(query, person, regimes, week.monday, block_segment(block, week.monday, own), own)
            for block in sorted(query.shifts)
        ),
    )


def _block(
    query: VacancyQuery, person: Pool, regimes: Regimes, monday: int, segment: Segment, own: Regimes
) -> BlockInTwoClocks:
    start = monday * DAY_MINUTES
    pattern = local_pattern(ShiftWeek(monday, (segment,)), regimes)
    overlap = int(_measure(person, pattern, 0).worst_overlap[0]) if pattern else 0
    vacancy_start = segment.start + own.offset_at(segment.start) - start
    return BlockInTwoClocks(
        weekday=vacancy_start // DAY_MINUTES % 7,
        must=segment.must,
        vacancy_start=vacancy_start,
        vacancy_end=segment.end + own.offset_at(segment.end) - start,
        person_start=segment.start + regimes.offset_at(segment.start) - start,
        person_end=segment.end + regimes.offset_at(segment.end) - start,
        minutes=segment.end - segment.start,
        overlap=overlap,
    )


def _measure(person: Pool, pattern: Pattern, hours_week: int) -> HoursFacts:
    calendar = ZoneCalendar(((pattern, 1),))
    return measure_calendar(
        calendar, hours_week, person.week_masks, person.availability_code, person.preferred_code
    )
