"""Shift minutes of a week that a weekly pattern of availability covers.

A week of shift is a set of quarter-hour slots of the person's week, so that what is covered is a count of the bits that
it shares with the availability. A time that a clock repeats belongs to the slot just before it, which says who has it.
"""

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
    """A week as slots of equal length of each kind. Many vacancies and zones share a pattern."""
    rows = []
    for kind, minutes in enumerate(_slot_minutes(pattern)):
        for length in np.flatnonzero(np.bincount(minutes)).tolist():
            if length:
                slots = np.packbits(minutes == length, bitorder="little")
                rows.append((kind, length, as_words(slots[None])[0]))
    return tuple(rows)


def covered_minutes(table: SlotTable, weeks: int, masks: npt.NDArray[np.uint8]) -> Ints:
    """int64 (m, weeks, 4): shift minutes that each mask covers in each distinct week, by kind."""
    words = as_words(masks)
    minutes = np.zeros((len(masks), weeks, MINUTE_KINDS), dtype=np.int64)
    for number, (kind, length, slots) in table:
        held = np.bitwise_count(words & slots).sum(axis=1, dtype=np.int64)
        minutes[:, number, kind] += held * length
    return minutes


def _slot_minutes(pattern: Pattern) -> Ints:
    """int64 (4, 672): shift minutes that whoever has a slot covers by it, by kind."""
    table = np.zeros((MINUTE_KINDS, SLOTS_A_WEEK), dtype=np.int64)
    for moment in pattern:
        if moment.when == When.PLAIN:
            _add_minutes(table[: 1 + moment.must], moment)
    np.multiply(table[:2], NIGHT_SLOTS, out=table[2:])
    for moment in pattern:
        if moment.when == When.REPEATED:
            itself = np.zeros((1, SLOTS_A_WEEK), dtype=np.int64)
            _add_minutes(itself, moment)
            whole, night = int(itself.sum()), int((itself * NIGHT_SLOTS).sum())
            before = slot_of(moment.anchor - SLOT_MINUTES)
            table[: 1 + moment.must, before] += whole
            table[2 : 3 + moment.must, before] += night
    return table


def _add_minutes(table: Ints, moment: Moment) -> None:
    """Add the moment's minutes to the slots (…, 672) in which they lie."""
    if moment.start == moment.end:
        return
    first, last = moment.start // SLOT_MINUTES, (moment.end - 1) // SLOT_MINUTES
    start, stop = first % SLOTS_A_WEEK, first % SLOTS_A_WEEK + last - first + 1
    table[..., start:stop] += SLOT_MINUTES
    table[..., : max(stop - SLOTS_A_WEEK, 0)] += SLOT_MINUTES  # over the end of the week
    table[..., start] -= moment.start % SLOT_MINUTES
    table[..., last % SLOTS_A_WEEK] -= -moment.end % SLOT_MINUTES
