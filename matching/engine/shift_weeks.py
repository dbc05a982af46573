"""The shift, week by week on the real calendar, as it falls on a person's local week.

A week is a calendar week (Monday first) of the vacancy's zone; every week that the contract
touches counts in full, so that starting on a Wednesday does not look like a short week.
Both ends of a block are wall-clock times of the vacancy's zone. One that a clock change skips is
the moment of the change: a block inside a skipped hour is empty in that week. Of a time that
comes twice the first counts.

A person's availability is a weekly pattern of wall-clock times: an instant is available when
the quarter-hour that the person's clock shows is. A stretch that begins or ends inside a
skipped time so begins or ends with the change, and more availability never covers less. One
exception is carried by the `Moment`s below: all of a time that is repeated is available to
those available just before it, and to nobody else (their stretch runs on; what starts then,
started the first time).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.columns import SLOT_MINUTES, SLOTS_A_WEEK
from matching.engine.offsets import DAY_MINUTES, Regimes, regimes_between
from matching.engine.query import ShiftBlock, VacancyQuery

MONDAY_SHIFT: Final = 3
"""1970-01-01 was a Thursday, three days after a Monday."""
_MARGIN_DAYS: Final = 4


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of shift in UTC minutes, apart from all others of its week, as blocks are by the vacancy's clock."""

    start: int
    end: int
    must: bool


@dataclass(frozen=True, slots=True)
class ShiftWeek:
    """One week: day of its Monday, and its segments in order."""

    monday: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ShiftWeeks:
    """All weeks of a contract, and which of them are alike.

    kinds: int64 (w,), each week's place in `distinct`: its segments, in minutes from its Monday.
    first, last: int64 (w,), UTC minutes between which a clock change matters to the week.
    """

    weeks: tuple[ShiftWeek, ...]
    distinct: tuple[tuple[Segment, ...], ...]
    kinds: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]

    @classmethod
    def of(cls, weeks: tuple[ShiftWeek, ...]) -> "ShiftWeeks":
        """Find the weeks that are alike."""
        numbers: dict[tuple[Segment, ...], int] = {}
        kinds, first, last = [], [], []
        for week in weeks:
            monday = week.monday * DAY_MINUTES
            moved = tuple(Segment(s.start - monday, s.end - monday, s.must) for s in week.segments)
            kinds.append(numbers.setdefault(moved, len(numbers)))
            first.append(min((s.start for s in week.segments), default=monday) - DAY_MINUTES - 1)
            last.append(max((s.end for s in week.segments), default=monday))
        as_array = (np.array(values, dtype=np.int64) for values in (kinds, first, last))
        return cls(weeks, tuple(numbers), *as_array)


class When(IntEnum):
    """How a moment reads the person's pattern."""

    PLAIN = 0
    REPEATED = 1


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A stretch of shift in the person's local time, minutes from the Monday of the week.

    PLAIN: available in each quarter-hour slot of start..end that the pattern has.
    REPEATED: `anchor` is the wall-clock minute that was due when the clock went back.
    """

    when: When
    start: int
    end: int
    must: bool
    anchor: int = 0


Pattern = tuple[Moment, ...]
"""A week of shift as one person's local week meets it; most weeks share one."""


def week_span(query: VacancyQuery) -> tuple[int, int]:
    """Day of the first and of the last Monday whose week the contract touches."""
    return span_of_weeks(query.start_day, query.end_day)


def span_of_weeks(start_day: int, end_day: int) -> tuple[int, int]:
    """Day of the first and of the last Monday whose week holds a day of these."""
    return _monday(start_day), _monday(end_day)


def zone_regimes(query: VacancyQuery, zone_name: str) -> Regimes:
    """The zone's regimes over the contract, with a margin on both sides."""
    return regimes_around(zone_name, *week_span(query))


def regimes_around(zone_name: str, first: int, last: int) -> Regimes:
    """The zone's regimes over the weeks of those Mondays, with a margin on both sides."""
    return regimes_between(zone_name, first - _MARGIN_DAYS, last + 7 + _MARGIN_DAYS)


def shift_weeks(query: VacancyQuery) -> tuple[ShiftWeek, ...]:
    """Every week of the contract with its shift in UTC."""
    return weeks_between(query.zone, query.shifts, *week_span(query))


@lru_cache(maxsize=32)
def weeks_between(zone: str, shifts: tuple[ShiftBlock, ...], first: int, last: int) -> tuple[ShiftWeek, ...]:
    """A shift in UTC, week by week: days of the first and of the last Monday. Kept for other clocks to be held against."""
    regimes = regimes_around(zone, first, last)
    blocks = sorted(shifts)
    return tuple(
        ShiftWeek(monday, tuple(_resolved(blocks, monday, regimes))) for monday in range(first, last + 1, 7)
    )


def block_segment(block: ShiftBlock, monday: int, regimes: Regimes) -> Segment:
    """That block in the week of that Monday; empty when it ends no later than it starts."""
    local = (monday + block.weekday) * DAY_MINUTES + block.start_minute
    start = regimes.to_utc(local)
    return Segment(start, regimes.to_utc(local + block.duration_minutes), block.must)


def local_pattern(week: ShiftWeek, regimes: Regimes) -> Pattern:
    """The week's shift in the local time of a zone with those regimes."""
    moments: list[Moment] = []
    for segment in week.segments:
        moments.extend(_moments(segment, regimes, week.monday * DAY_MINUTES))
    return tuple(moments)


def week_patterns(weeks: ShiftWeeks, regimes: Regimes) -> tuple[list[Pattern], npt.NDArray[np.int64]]:
    """The distinct patterns that the weeks have by a clock with those regimes, and int64 (w,) which of them each has.

    A week without a clock change in or just before it is its shift moved by the offset, and most
    weeks of a contract are the same; only the others are looked at one by one.
    """
    starts = np.array(regimes.starts, dtype=np.int64)
    before = np.maximum(np.searchsorted(starts, weeks.first, side="right") - 1, 0)
    after = np.maximum(np.searchsorted(starts, weeks.last, side="right") - 1, 0)
    numbers: dict[Pattern, int] = {}
    found = np.empty(len(weeks.weeks), dtype=np.int64)
    steady = before == after
    keys, which = np.unique(weeks.kinds[steady] * len(starts) + before[steady], return_inverse=True)
    numbered = []
    for key in keys.tolist():
        kind, regime = divmod(key, len(starts))
        pattern = moved_pattern(weeks.distinct[kind], regimes.offsets[regime])
        numbered.append(numbers.setdefault(pattern, len(numbers)))
    found[steady] = np.array(numbered, dtype=np.int64)[which]
    for week in np.flatnonzero(~steady).tolist():
        pattern = local_pattern(weeks.weeks[week], regimes)
        found[week] = numbers.setdefault(pattern, len(numbers))
    return list(numbers), found


def moved_pattern(segments: tuple[Segment, ...], offset: int) -> Pattern:
    """The local pattern of a week all of which has that offset."""
    return tuple(_plain(segment.start, segment.end, offset, segment.must) for segment in segments)


def _monday(day: int) -> int:
    return day - (day + MONDAY_SHIFT) % 7


def _resolved(blocks: list[ShiftBlock], monday: int, regimes: Regimes) -> list[Segment]:
    found = [block_segment(block, monday, regimes) for block in blocks]
    return sorted((s for s in found if s.end > s.start), key=lambda s: (s.start, s.end))


def _moments(segment: Segment, regimes: Regimes, monday: int) -> Iterator[Moment]:
    """Cut at clock changes of the person's zone. `monday` is in minutes."""
    position = segment.start
    longest = DAY_MINUTES
    for change, before, after in regimes.changes(segment.start - longest, segment.end):
        repeated_until = change + max(before - after, 0)
        if repeated_until <= position or change >= segment.end:
            continue
        if position < change:
            yield _plain(position, change, before - monday, segment.must)
            position = change
        stop = min(repeated_until, segment.end)
        if position < stop:
            local = after - monday
            anchor = change + before - monday
            yield Moment(When.REPEATED, position + local, stop + local, segment.must, anchor)
            position = stop
    if position < segment.end:
        offset = regimes.offset_at(position)
        yield _plain(position, segment.end, offset - monday, segment.must)


def _plain(start: int, end: int, to_local: int, must: bool) -> Moment:
    return Moment(When.PLAIN, start + to_local, end + to_local, must)


def slot_of(local_minute: int) -> int:
    """Slot of the weekly pattern, 0..671, of a local minute counted from a Monday."""
    return local_minute // SLOT_MINUTES % SLOTS_A_WEEK
