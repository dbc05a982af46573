"""Shift minutes of a week that a weekly pattern of availability covers.

A plain moment is a set of quarter-hour slots of the person's week, so that what is covered is a count of the bits that
it shares with the availability. The moments right after a clock change are added slot by slot.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.columns import MASK_BYTES, SLOT_MINUTES, SLOTS_A_WEEK
from matching.engine.scale import Ints
from matching.engine.shift_weeks import Moment, Pattern, When, slot_of

Bits = npt.NDArray[np.bool_]
"""(m, 672): one weekly pattern a row."""

Words = npt.NDArray[np.uint64]
SlotRow = tuple[int, int, Words]
"""Kind, minutes, and the slots that have so many minutes of that kind as bits (11,)."""
SlotTable = Sequence[tuple[int, SlotRow]]
"""Rows of slots, with the number of the week that they are of."""
Special = Sequence[tuple[int, Moment]]
"""Moments right after clock changes, with the number of the week in which they lie."""

NIGHT_START: Final = 22 * 60
NIGHT_END: Final = 6 * 60
MINUTE_KINDS: Final = 4
"""Columns kept for each week: all, must, night, must at night."""
MASK_WORDS: Final = -(-MASK_BYTES // 8)

_SLOT_STARTS = np.arange(SLOTS_A_WEEK) * SLOT_MINUTES % 1440
NIGHT_SLOTS: Final = (_SLOT_STARTS >= NIGHT_START) | (_SLOT_STARTS < NIGHT_END)


def unpack_masks(masks: npt.NDArray[np.uint8]) -> Bits:
    """bool (m, 672) from uint8 (m, 84)."""
    bits = np.unpackbits(masks, axis=1, bitorder="little")
    return bits[:, :SLOTS_A_WEEK].view(np.bool_)


def as_words(masks: npt.NDArray[np.uint8]) -> Words:
    """uint64 (m, 11) from uint8 (m, 84), the last word half empty."""
    padded = np.zeros((len(masks), MASK_WORDS * 8), dtype=np.uint8)
    padded[:, :MASK_BYTES] = masks
    return padded.view(np.uint64)


def shift_minutes(pattern: Pattern) -> tuple[int, int]:
    """(all, must) shift minutes of a week."""
    every = sum(moment.end - moment.start for moment in pattern)
    return every, sum(moment.end - moment.start for moment in pattern if moment.must)


@lru_cache(maxsize=4096)
def slot_rows(pattern: Pattern) -> tuple[SlotRow, ...]:
    """The plain moments of a week: slots of equal length of each kind. Many vacancies and zones share a pattern."""
    rows = []
    for kind, minutes in enumerate(_slot_minutes(pattern)):
        for length in np.flatnonzero(np.bincount(minutes)).tolist():
            if length:
                slots = np.packbits(minutes == length, bitorder="little")
                rows.append((kind, length, as_words(slots[None])[0]))
    return tuple(rows)


def special_moments(patterns: Sequence[Pattern]) -> tuple[tuple[int, Moment], ...]:
    """All moments right after clock changes, and in which of the weeks they lie."""
    return tuple(
        (number, moment)
        for number, pattern in enumerate(patterns)
        for moment in pattern
        if moment.when != When.PLAIN
    )


def covered_minutes(
    table: SlotTable,
    special: Special,
    weeks: int,
    masks: npt.NDArray[np.uint8],
    within: npt.NDArray[np.uint8] | None = None,
) -> Ints:
    """int64 (m, weeks, 4): shift minutes that each mask covers in each distinct week, by kind.

    `within`: masks that hold these ones; right after a clock change a moment counts only when
    both hold it.
    """
    words = as_words(masks)
    minutes = np.zeros((len(masks), weeks, MINUTE_KINDS), dtype=np.int64)
    for number, (kind, length, slots) in table:
        held = np.bitwise_count(words & slots).sum(axis=1, dtype=np.int64)
        minutes[:, number, kind] += held * length
    add_special(special, masks, within, minutes)
    return minutes


def add_special(
    special: Special, masks: npt.NDArray[np.uint8], within: npt.NDArray[np.uint8] | None, minutes: Ints
) -> None:
    """Add the moments right after clock changes to `minutes` (m, weeks, 4)."""
    if not special:
        return
    bits = unpack_masks(masks)
    outer = None if within is None else unpack_masks(within)
    for number, moment in special:
        held = moment_held(moment, bits)
        if outer is not None:
            held = held & moment_held(moment, outer)
        for length, night in _by_night(moment):
            kinds = [0] + [1] * moment.must + [2] * night + [3] * (moment.must and night)
            minutes[:, number, kinds] += (held * length)[:, None]


def _slot_minutes(pattern: Pattern) -> Ints:
    """int64 (4, 672): plain shift minutes in each slot, by kind."""
    table = np.zeros((MINUTE_KINDS, SLOTS_A_WEEK), dtype=np.int64)
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
