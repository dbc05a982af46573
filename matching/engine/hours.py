"""Hours that a vacancy's shift and a person's availability share, exact, for the whole contract.

Work is done once for each distinct (calendar behaviour of a zone, availability, preference),
not for each person, and once for each distinct week of that behaviour, not for each week.
A plain week is a set of quarter-hour slots of the person's week, so that the overlap is a count
of the bits that it shares with the availability. The moments right after a clock change are
added slot by slot.

For one week, in minutes:
    overlap   shift and availability
    needed    min(hours a week asked, shift minutes of that very week)
    worked    max(needed, must minutes)
    preferred the most of `worked` that can lie in preferred hours, must blocks included
    night     the least of `worked` that has to lie between 22:00 and 06:00 of the person's own
              clock outside the hours that the person marked as preferred
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.columns import MASK_BYTES, SLOT_MINUTES, SLOTS_A_WEEK, WEEK_MINUTES
from matching.engine.offsets import Regimes
from matching.engine.query import VacancyQuery
from matching.engine.scale import Ints
from matching.engine.shift_weeks import (
    Moment,
    Pattern,
    ShiftWeeks,
    When,
    local_pattern,
    moved_pattern,
    shift_weeks,
    slot_of,
    zone_regimes,
)

Bits = npt.NDArray[np.bool_]
"""(m, 672): one weekly pattern a row."""

Words = npt.NDArray[np.uint64]
SlotTable = list[tuple[int, int, int, Words]]
"""(number of the week, kind, minutes, slots that have so many minutes as bits (11,))."""

NIGHT_START: Final = 22 * 60
NIGHT_END: Final = 6 * 60
_PAIRS_AT_ONCE: Final = 8192
_WORDS: Final = -(-MASK_BYTES // 8)
_KINDS: Final = 4
"""Columns kept for each week: all, must, night, must at night."""

_SLOT_STARTS = np.arange(SLOTS_A_WEEK) * SLOT_MINUTES % 1440
NIGHT_SLOTS: Final = (_SLOT_STARTS >= NIGHT_START) | (_SLOT_STARTS < NIGHT_END)


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
        return _slot_table(self)


def zone_calendar(weeks: ShiftWeeks, regimes: Regimes) -> ZoneCalendar:
    """Count the distinct patterns of the contract's weeks, in a canonical order.

    A week without a clock change in or just before it is its shift moved by the offset, and most
    weeks of a contract are the same; only the others are looked at one by one.
    """
    starts = np.array(regimes.starts, dtype=np.int64)
    before = np.maximum(np.searchsorted(starts, weeks.first, side="right") - 1, 0)
    after = np.maximum(np.searchsorted(starts, weeks.last, side="right") - 1, 0)
    steady: Counter[tuple[int, int]] = Counter()
    counted: Counter[Pattern] = Counter()
    for number, (kind, earlier, later) in enumerate(
        zip(weeks.kinds.tolist(), before.tolist(), after.tolist(), strict=True)
    ):
        if earlier == later:
            steady[kind, regimes.offsets[earlier]] += 1
        else:
            counted[local_pattern(weeks.weeks[number], regimes)] += 1
    for (kind, offset), times in steady.items():
        counted[moved_pattern(weeks.distinct[kind], offset)] += times
    return ZoneCalendar(tuple(sorted(counted.items())))


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
    table = calendar.table
    results = np.zeros((6, len(pairs)), dtype=np.int64)
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        chunk = slice(start, start + _PAIRS_AT_ONCE)
        codes, wishes = pairs[chunk] // radix, pairs[chunk] % radix - 1
        results[:, chunk] = _measure_pairs(calendar, table, hours_week, week_masks, codes, wishes)
    return HoursFacts(*results[:, inverse.reshape(-1)])


def unpack_masks(masks: npt.NDArray[np.uint8]) -> Bits:
    """bool (m, 672) from uint8 (m, 84)."""
    bits = np.unpackbits(masks, axis=1, bitorder="little")
    return bits[:, :SLOTS_A_WEEK].view(np.bool_)


def shift_minutes(pattern: Pattern) -> tuple[int, int]:
    """(all, must) shift minutes of a week."""
    every = sum(moment.end - moment.start for moment in pattern)
    return every, sum(moment.end - moment.start for moment in pattern if moment.must)


def _measure_pairs(
    calendar: ZoneCalendar,
    table: SlotTable,
    hours_week: int,
    week_masks: npt.NDArray[np.uint8],
    codes: Ints,
    wishes: Ints,
) -> Ints:
    """int64 (6, m), the fields of `HoursFacts`. `wishes` -1: no preference stated."""
    distinct, which = np.unique(codes, return_inverse=True)
    have = _minutes(calendar, table, week_masks[distinct])[which.reshape(-1)]
    stated = np.flatnonzero(wishes >= 0)
    all_of = week_masks[codes[stated]]
    liked = np.zeros_like(have)
    liked[stated] = _minutes(calendar, table, all_of & week_masks[wishes[stated]], all_of)
    welcome = have.copy()
    welcome[stated] = liked[stated]
    facts = np.zeros((6, len(codes)), dtype=np.int64)
    facts[0] = WEEK_MINUTES * 2
    for number, (pattern, count) in enumerate(calendar.patterns):
        week = _week(pattern, hours_week, *(part[:, number] for part in (have, welcome, liked)))
        facts[0] = np.minimum(facts[0], week[0])
        facts[1:3] = np.maximum(facts[1:3], week[1:3])
        facts[3:] += count * week[3:]
    return facts


def _minutes(
    calendar: ZoneCalendar,
    table: SlotTable,
    masks: npt.NDArray[np.uint8],
    within: npt.NDArray[np.uint8] | None = None,
) -> Ints:
    """int64 (m, weeks, 4): shift minutes that each mask covers in each distinct week, by kind.

    `within`: masks that hold these ones; right after a clock change a moment counts only when
    both hold it.
    """
    words = _words(masks)
    minutes = np.zeros((len(masks), len(calendar.patterns), _KINDS), dtype=np.int64)
    for number, kind, length, slots in table:
        held = np.bitwise_count(words & slots).sum(axis=1, dtype=np.int64)
        minutes[:, number, kind] += held * length
    if any(moment.when != When.PLAIN for pattern, _ in calendar.patterns for moment in pattern):
        _add_special(calendar, masks, within, minutes)
    return minutes


def _words(masks: npt.NDArray[np.uint8]) -> Words:
    """uint64 (m, 11) from uint8 (m, 84), the last word half empty."""
    padded = np.zeros((len(masks), _WORDS * 8), dtype=np.uint8)
    padded[:, :MASK_BYTES] = masks
    return padded.view(np.uint64)


def _add_special(
    calendar: ZoneCalendar, masks: npt.NDArray[np.uint8], within: npt.NDArray[np.uint8] | None, minutes: Ints
) -> None:
    """Add the moments right after clock changes to `minutes`."""
    bits = unpack_masks(masks)
    outer = None if within is None else unpack_masks(within)
    for number, (pattern, _) in enumerate(calendar.patterns):
        for moment in pattern:
            if moment.when == When.PLAIN:
                continue
            held = moment_held(moment, bits)
            if outer is not None:
                held = held & moment_held(moment, outer)
            for length, night in _by_night(moment):
                kinds = [0] + [1] * moment.must + [2] * night + [3] * (moment.must and night)
                minutes[:, number, kinds] += (held * length)[:, None]


def _week(pattern: Pattern, hours_week: int, have: Ints, welcome: Ints, marked: Ints) -> Ints:
    """int64 (6, m): overlap, shortfall, must shortfall, worked, preferred, night."""
    total, must_total = shift_minutes(pattern)
    needed = min(hours_week, total)
    worked = max(needed, must_total)
    free = worked - must_total
    overlap, must = have[:, 0], have[:, 1]
    preferred = welcome[:, 1] + np.minimum(welcome[:, 0] - welcome[:, 1], free)
    night_all, night_must = have[:, 2] - marked[:, 2], have[:, 3] - marked[:, 3]
    day_free = (overlap - must) - (night_all - night_must)
    night = night_must + np.minimum(np.maximum(free - day_free, 0), night_all - night_must)
    short = np.maximum(needed - overlap, 0)
    all_worked = np.full_like(overlap, worked)
    return np.stack([overlap, short, must_total - must, all_worked, preferred, night])


def _slot_table(calendar: ZoneCalendar) -> SlotTable:
    """Slots of equal length of each week and kind, as bits."""
    table = []
    for number, (pattern, _) in enumerate(calendar.patterns):
        for kind, minutes in enumerate(_slot_minutes(pattern)):
            for length in np.flatnonzero(np.bincount(minutes)).tolist():
                if length:
                    slots = np.packbits(minutes == length, bitorder="little")
                    table.append((number, kind, length, _words(slots[None])[0]))
    return table


def _slot_minutes(pattern: Pattern) -> Ints:
    """int64 (4, 672): plain shift minutes in each slot, by kind."""
    table = np.zeros((_KINDS, SLOTS_A_WEEK), dtype=np.int64)
    for moment in pattern:
        if moment.when != When.PLAIN or moment.start == moment.end:
            continue
        kinds = slice(0, 1 + moment.must)
        first, last = moment.start // SLOT_MINUTES, (moment.end - 1) // SLOT_MINUTES
        start, stop = first % SLOTS_A_WEEK, first % SLOTS_A_WEEK + last - first + 1
        table[kinds, start:stop] += SLOT_MINUTES
        table[kinds, : max(stop - SLOTS_A_WEEK, 0)] += SLOT_MINUTES  # over the end of the week
        table[kinds, start] -= moment.start % SLOT_MINUTES
        table[kinds, last % SLOTS_A_WEEK] -= -moment.end % SLOT_MINUTES
    np.multiply(table[:2], NIGHT_SLOTS, out=table[2:])
    return table


def moment_held(moment: Moment, bits: Bits) -> npt.NDArray[np.bool_]:
    """bool (m,): who is available in a moment right after a clock change."""
    if moment.when == When.REPEATED:
        before: npt.NDArray[np.bool_] = bits[:, slot_of(moment.anchor - SLOT_MINUTES)]
        return before
    now = moment.start // SLOT_MINUTES
    first = moment.anchor // SLOT_MINUTES
    moved = now - moment.gap // SLOT_MINUTES

    def every(start: int, stop: int) -> npt.NDArray[np.bool_]:
        slots = np.arange(start, stop) % SLOTS_A_WEEK
        whole: npt.NDArray[np.bool_] = np.logical_and.reduce(bits[:, slots], axis=1)
        return whole

    ended_inside = every(moved, moved + 1) & ~every(moved + 1, first)
    runs_through = every(moved, now + 1)
    began_after = every(now, now + 1) & ~every(first - 1, now)
    held: npt.NDArray[np.bool_] = np.logical_or.reduce([ended_inside, runs_through, began_after])
    return held


def _by_night(moment: Moment) -> list[tuple[int, bool]]:
    """(minutes, at night) pieces of a moment."""
    pieces: Counter[bool] = Counter()
    start = moment.start
    while start < moment.end:
        stop = min(moment.end, start - start % SLOT_MINUTES + SLOT_MINUTES)
        pieces[bool(NIGHT_SLOTS[slot_of(start)])] += stop - start
        start = stop
    return [(minutes, night) for night, minutes in pieces.items()]


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
