"""The shift in two clocks for one person: what a two-clock strip draws.

Minutes count from midnight of the week's Monday, each by the clock named, so they may be
negative or pass 10,080.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from matching.engine.columns import SLOT_MINUTES, SLOTS_A_WEEK
from matching.engine.hours import ZoneCalendar, minutes_by_kind, week_facts
from matching.engine.offsets import DAY_MINUTES, Regimes
from matching.engine.pool import Pool
from matching.engine.query import ShiftBlock, VacancyQuery
from matching.engine.shift_weeks import (
    Pattern,
    Segment,
    ShiftWeek,
    When,
    block_segment,
    local_pattern,
    regimes_around,
    slot_of,
    span_of_weeks,
    weeks_between,
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
    laid = _laid_out(query, person)
    have, welcome, liked = minutes_by_kind(
        laid.calendar, person.week_masks, person.availability_code, person.preferred_code
    )
    views = []
    for week in laid.weeks:
        minutes = (part[:, week.number] for part in (have, welcome, liked))
        facts = week_facts(*shift_minutes(week.pattern), query.hours_week, *minutes)[:, 0].tolist()
        views.append(
            replace(
                week.view,
                overlap=facts[0],
                needed=min(query.hours_week, shift_minutes(week.pattern)[0]),
                preferred=facts[4],
                night=facts[5],
                blocks=tuple(
                    replace(block, overlap=int(have[0, number, 0]))
                    for block, number in zip(week.view.blocks, week.numbers, strict=True)
                ),
            )
        )
    return tuple(views)


def touched_slots(query: VacancyQuery, person: Pool) -> Bits:
    """bool (672,): quarter-hours of the person's own week that the shift touches in some week."""
    return _laid_out(query, person).touched


@dataclass(frozen=True, slots=True)
class _Week:
    """Weeks that look alike by a clock, nobody's hours held against them.

    number, numbers: the places of the week's pattern and of each block's among the patterns of the calendar.
    """

    pattern: Pattern
    view: WeekInTwoClocks
    number: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """A contract by one zone's clock: its distinct weeks in order, all their patterns, and every slot that one touches."""

    weeks: tuple[_Week, ...]
    calendar: ZoneCalendar
    touched: Bits


def _laid_out(query: VacancyQuery, person: Pool) -> _Layout:
    days = (query.start_day, query.end_day)
    return _layout(query.zone, query.shifts, days, person.zones[int(person.zone_code[0])])


@lru_cache(maxsize=512)
def _layout(zone: str, shifts: tuple[ShiftBlock, ...], days: tuple[int, int], person_zone: str) -> _Layout:
    """Made once for everybody who lives by that clock."""
    span = span_of_weeks(*days)
    own, regimes = regimes_around(zone, *span), regimes_around(person_zone, *span)
    alike: dict[Pattern, list[ShiftWeek]] = defaultdict(list)
    for week in weeks_between(zone, shifts, *span):
        alike[local_pattern(week, regimes)].append(week)
    numbers: dict[Pattern, int] = {}
    weeks = []
    for pattern, same in alike.items():
        monday = same[0].monday
        segments = [block_segment(block, monday, own) for block in sorted(shifts)]
        patterns = [local_pattern(ShiftWeek(monday, (one,)), regimes) for one in segments]
        places = [numbers.setdefault(one, len(numbers)) for one in (pattern, *patterns)]
        view = _view(days, [week.monday for week in same], segments, own, regimes)
        weeks.append(_Week(pattern, view, places[0], tuple(places[1:])))
    weeks.sort(key=lambda week: (-week.view.weeks, week.view.monday))
    touched = _touched(alike)
    touched.flags.writeable = False
    return _Layout(tuple(weeks), ZoneCalendar(tuple((pattern, 1) for pattern in numbers)), touched)


def _touched(patterns: Iterable[Pattern]) -> Bits:
    touched = np.zeros(SLOTS_A_WEEK, dtype=np.bool_)
    for moment in {moment for pattern in patterns for moment in pattern}:
        if moment.when == When.REPEATED:
            touched[slot_of(moment.anchor - SLOT_MINUTES)] = True
        for minute in range(moment.start - moment.start % SLOT_MINUTES, moment.end, SLOT_MINUTES):
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


def _spans(mondays: list[int], days: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    runs: list[list[int]] = []
    for monday in sorted(mondays):
        if runs and monday == runs[-1][-1] + 7:
            runs[-1].append(monday)
        else:
            runs.append([monday])
    return tuple((max(run[0], days[0]), min(run[-1] + 6, days[1])) for run in runs)


def _view(
    days: tuple[int, int], mondays: list[int], segments: list[Segment], own: Regimes, regimes: Regimes
) -> WeekInTwoClocks:
    """Weeks that look alike, of nobody yet: what a person shares with them is 0."""
    middle = mondays[0] * DAY_MINUTES + 7 * DAY_MINUTES // 2
    return WeekInTwoClocks(
        monday=mondays[0],
        weeks=len(mondays),
        mondays=tuple(mondays),
        spans=_spans(mondays, days),
        vacancy_offset=own.offset_at(middle),
        person_offset=regimes.offset_at(middle),
        overlap=0,
        needed=0,
        preferred=0,
        night=0,
        blocks=tuple(_block(mondays[0] * DAY_MINUTES, segment, own, regimes) for segment in segments),
    )


def _block(start: int, segment: Segment, own: Regimes, regimes: Regimes) -> BlockInTwoClocks:
    vacancy_start = segment.start + own.offset_at(segment.start) - start
    return BlockInTwoClocks(
        weekday=vacancy_start // DAY_MINUTES % 7,
        must=segment.must,
        vacancy_start=vacancy_start,
        vacancy_end=segment.end + own.offset_at(segment.end) - start,
        person_start=segment.start + regimes.offset_at(segment.start) - start,
        person_end=segment.end + regimes.offset_at(segment.end) - start,
        minutes=segment.end - segment.start,
        overlap=0,
    )
