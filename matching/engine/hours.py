"""Hours that a vacancy's shift and a person's availability share, exact, for the whole contract.

Work is done once for each distinct (calendar behaviour of a zone, availability, preference),
not for each person, and once for each distinct week of that behaviour, not for each week.
A week is a set of quarter-hour slots of the person's week, so that the overlap is a count of the
bits that it shares with the availability.

For one week, in minutes:
    overlap   shift and availability
    needed    min(hours a week asked, shift minutes of that very week)
    worked    max(needed, must minutes)
    preferred the most of `worked` that can lie in preferred hours, must blocks included
    night     the least of `worked` that has to lie between 22:00 and 06:00 of the person's own
              clock outside the hours that the person marked as preferred
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.columns import WEEK_MINUTES
from matching.engine.offsets import Regimes
from matching.engine.query import VacancyQuery
from matching.engine.scale import Ints
from matching.engine.shift_weeks import (
    Pattern,
    ShiftWeeks,
    shift_weeks,
    week_patterns,
    zone_regimes,
)
from matching.engine.week_minutes import SlotTable, covered_minutes, shift_minutes, slot_rows

_PAIRS_AT_ONCE: Final = 8192


@dataclass(frozen=True, slots=True, eq=False)
class HoursFacts:
    """What the calendar says about m people (or pairs), int64 (m,) each.

    worst_overlap: the least overlap of any week. shortfall: the most minutes that any week
    lacks of what is needed. must_shortfall: the most uncovered minutes of must blocks in any
    week. worked, preferred, night: sums over all weeks of the contract.
    """

    worst_overlap: Ints
    shortfall: Ints
    must_shortfall: Ints
    worked: Ints
    preferred: Ints
    night: Ints

    def at(self, index: npt.NDArray[np.intp]) -> "HoursFacts":
        """The facts of those positions."""
        return HoursFacts(*(getattr(self, name)[index] for name in self.__slots__))


@dataclass(frozen=True)
class ZoneCalendar:
    """How one zone meets the shift: each distinct week pattern and how many weeks have it."""

    patterns: tuple[tuple[Pattern, int], ...]

    def __hash__(self) -> int:
        return self.key

    @cached_property
    def key(self) -> int:
        """Hash of the patterns, computed once."""
        return hash(self.patterns)

    @cached_property
    def table(self) -> SlotTable:
        """Slots of equal length of each week and kind, as bits."""
        patterns = [pattern for pattern, _ in self.patterns]
        return [(number, row) for number, pattern in enumerate(patterns) for row in slot_rows(pattern)]


def zone_calendar(weeks: ShiftWeeks, regimes: Regimes) -> ZoneCalendar:
    """Count the distinct patterns of the contract's weeks, in a canonical order."""
    patterns, which = week_patterns(weeks, regimes)
    times = np.bincount(which, minlength=len(patterns)).tolist()
    return ZoneCalendar(tuple(sorted(zip(patterns, times, strict=True))))


def measure_hours(
    query: VacancyQuery,
    zones: Sequence[str],
    zone_codes: npt.NDArray[np.integer],
    available: npt.NDArray[np.integer],
    preferred: npt.NDArray[np.integer],
    week_masks: npt.NDArray[np.uint8],
) -> HoursFacts:
    """Facts for each person. `zone_codes`, `available`, `preferred`: codes, one a person."""
    calendars, calendar_of_zone = _calendars(query, zones, zone_codes)
    calendar_codes = calendar_of_zone[zone_codes]
    results = np.zeros((6, len(zone_codes)), dtype=np.int64)
    for number, calendar in enumerate(calendars):
        people = np.flatnonzero(calendar_codes == number)
        facts = measure_calendar(calendar, query.hours_week, week_masks, available[people], preferred[people])
        results[:, people] = [getattr(facts, name) for name in HoursFacts.__slots__]
    return HoursFacts(*results)


def measure_calendar(
    calendar: ZoneCalendar,
    hours_week: int,
    week_masks: npt.NDArray[np.uint8],
    available: npt.NDArray[np.integer],
    preferred: npt.NDArray[np.integer],
) -> HoursFacts:
    """Facts of m people on one calendar, each distinct pair of codes measured once."""
    radix = len(week_masks) + 1
    keys = available.astype(np.int64) * radix + (preferred.astype(np.int64) + 1)
    pairs, inverse = np.unique(keys, return_inverse=True)
    results = np.zeros((6, len(pairs)), dtype=np.int64)
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        chunk = slice(start, start + _PAIRS_AT_ONCE)
        codes, wishes = pairs[chunk] // radix, pairs[chunk] % radix - 1
        results[:, chunk] = _measure_pairs(calendar, hours_week, week_masks, codes, wishes)
    return HoursFacts(*results[:, inverse.reshape(-1)])


def _measure_pairs(
    calendar: ZoneCalendar, hours_week: int, week_masks: npt.NDArray[np.uint8], codes: Ints, wishes: Ints
) -> Ints:
    """int64 (6, m), the fields of `HoursFacts`. `wishes` -1: no preference stated."""
    have, welcome, liked = minutes_by_kind(calendar, week_masks, codes, wishes)
    facts = np.zeros((6, len(codes)), dtype=np.int64)
    facts[0] = WEEK_MINUTES * 2
    for number, (pattern, count) in enumerate(calendar.patterns):
        minutes = (part[:, number] for part in (have, welcome, liked))
        week = week_facts(*shift_minutes(pattern), hours_week, *minutes)
        facts[0] = np.minimum(facts[0], week[0])
        facts[1:3] = np.maximum(facts[1:3], week[1:3])
        facts[3:] += count * week[3:]
    return facts


def minutes_by_kind(
    calendar: ZoneCalendar,
    week_masks: npt.NDArray[np.uint8],
    codes: npt.NDArray[np.integer],
    wishes: npt.NDArray[np.integer],
) -> tuple[Ints, Ints, Ints]:
    """int64 (m, weeks, 4) each: minutes of each distinct week that m people have, like, and said to like.

    `codes`, `wishes`: their available and preferred hours in `week_masks`; -1: no preference stated.
    """
    distinct, which = np.unique(codes, return_inverse=True)
    size = len(calendar.patterns)
    have = covered_minutes(calendar.table, size, week_masks[distinct])[which.reshape(-1)]
    stated = np.flatnonzero(wishes >= 0)
    liked = np.zeros_like(have)
    both = week_masks[codes[stated]] & week_masks[wishes[stated]]
    liked[stated] = covered_minutes(calendar.table, size, both)
    welcome = have.copy()
    welcome[stated] = liked[stated]
    return have, welcome, liked


def week_facts(
    total: Ints | int, must_total: Ints | int, hours_week: Ints | int, have: Ints, welcome: Ints, marked: Ints
) -> Ints:
    """int64 (6, m): overlap, shortfall, must shortfall, worked, preferred, night of a week of m people, or of m weeks.

    `have`, `welcome`, `marked`: minutes by kind (m, 4), available, liked, and said to be liked.
    """
    needed = np.minimum(hours_week, total)
    worked = np.maximum(needed, must_total)
    free = worked - must_total
    overlap, must = have[:, 0], have[:, 1]
    preferred = welcome[:, 1] + np.minimum(welcome[:, 0] - welcome[:, 1], free)
    night_all, night_must = have[:, 2] - marked[:, 2], have[:, 3] - marked[:, 3]
    day_free = (overlap - must) - (night_all - night_must)
    night = night_must + np.minimum(np.maximum(free - day_free, 0), night_all - night_must)
    short = np.maximum(needed - overlap, 0)
    return np.stack(
        [overlap, short, must_total - must, np.broadcast_to(worked, overlap.shape), preferred, night]
    )


def _calendars(
    query: VacancyQuery, zones: Sequence[str], zone_codes: npt.NDArray[np.integer]
) -> tuple[list[ZoneCalendar], Ints]:
    """The distinct calendars, and for each zone code which one it is (unused codes: 0).

    What was compiled is kept with the query, which never changes.
    """
    kept: dict[str, Regimes] = query.__dict__.setdefault("_regimes", {})
    known: dict[Regimes, ZoneCalendar] = query.__dict__.setdefault("_calendars", {})
    weeks: ShiftWeeks | None = None
    numbers: dict[ZoneCalendar, int] = {}
    calendar_of_zone = np.zeros(len(zones), dtype=np.int64)
    for code in np.unique(zone_codes).tolist():
        zone = zones[code]
        if zone not in kept:
            kept[zone] = zone_regimes(query, zone)
        regimes = kept[zone]
        if regimes not in known:
            weeks = weeks or ShiftWeeks.of(shift_weeks(query))
            known[regimes] = zone_calendar(weeks, regimes)
        calendar_of_zone[code] = numbers.setdefault(known[regimes], len(numbers))
    return list(numbers), calendar_of_zone
