"""A weekly pattern of local time in quarter hours: 7 days x 96 quarters, Monday 00:00 first.

Stored as 84 bytes, bit i (least significant first within a byte) = quarter i of the week.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

QUARTER_MINUTES = 15
DAY_QUARTERS = 24 * 60 // QUARTER_MINUTES
WEEK_QUARTERS = 7 * DAY_QUARTERS
WEEK_BYTES = WEEK_QUARTERS // 8
EMPTY_WEEK = bytes(WEEK_BYTES)


class Block(NamedTuple):
    """A stretch of one weekday. `weekday` 0 = Monday; minutes from local midnight; `end_minute` up to 1440."""

    weekday: int
    start_minute: int
    end_minute: int


def week_mask(blocks: Iterable[Block]) -> bytes:
    """The 84-byte mask of `blocks`. Raises ValueError on an impossible or not quarter-aligned block."""
    bits = 0
    for block in blocks:
        weekday, start, end = block
        if not 0 <= weekday <= 6 or not 0 <= start < end <= 1440:
            raise ValueError(f"impossible block {block}")
        if start % QUARTER_MINUTES or end % QUARTER_MINUTES:
            raise ValueError(f"not on a quarter of an hour: {block}")
        first = weekday * DAY_QUARTERS + start // QUARTER_MINUTES
        last = weekday * DAY_QUARTERS + end // QUARTER_MINUTES
        bits |= (1 << last) - (1 << first)
    return bits.to_bytes(WEEK_BYTES, "little")


def week_blocks(mask: bytes) -> Iterator[Block]:
    """The blocks of a mask, merged, in order, cut at midnight."""
    bits = int.from_bytes(mask, "little")
    for weekday in range(7):
        day = (bits >> (weekday * DAY_QUARTERS)) & ((1 << DAY_QUARTERS) - 1)
        start = None
        for quarter in range(DAY_QUARTERS + 1):
            held = bool(day >> quarter & 1)
            if held and start is None:
                start = quarter
            elif not held and start is not None:
                yield Block(weekday, start * QUARTER_MINUTES, quarter * QUARTER_MINUTES)
                start = None


def week_minutes(mask: bytes) -> int:
    """Minutes a week that the mask holds."""
    return int.from_bytes(mask, "little").bit_count() * QUARTER_MINUTES
