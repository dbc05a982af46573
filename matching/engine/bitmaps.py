"""Sets of people as bitmaps: one bit a person, 64 to a word.

A million people are 125 kB, so that "and", "or" and counting take microseconds. Bit r % 64 of
word r // 64 stands for row r; the bits past the last person are 0.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Bitmap = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.intp]

WORD: Final = 64
_LITTLE: Final = np.dtype("<u8")
_SPARSE: Final = 8
"""Sets with fewer than one row in so many are quicker to read where their bits are."""


def bitmap_of(found: npt.NDArray[np.bool_]) -> Bitmap:
    """Bitmap of a bool (n,)."""
    packed = np.packbits(found, bitorder="little")
    words = np.zeros(-(-len(found) // WORD), dtype=_LITTLE)
    words.view(np.uint8)[: len(packed)] = packed
    return words


def everybody(size: int) -> Bitmap:
    """The set of all `size` people."""
    return bitmap_of(np.ones(size, dtype=np.bool_))


def count(bitmap: Bitmap) -> int:
    """How many people are in the set, at most 2**32."""
    return int(np.bitwise_count(bitmap).sum(dtype=np.uint32))


def rows_in(bitmap: Bitmap, size: int) -> Rows:
    """The rows of the set, ascending. Where few are in it, only the bytes that hold some are looked at."""
    if count(bitmap) * _SPARSE > size:
        return np.flatnonzero(flags(bitmap, size))
    packed = bitmap.view(np.uint8)
    held = np.flatnonzero(packed != 0)
    bits = np.flatnonzero(np.unpackbits(packed.take(held), bitorder="little").view(np.bool_))
    rows: Rows = (held.take(bits >> 3) << 3) + (bits & 7)
    return rows


def members(bitmap: Bitmap, who: Rows | slice) -> npt.NDArray[np.uint8]:
    """1 for each of the rows that is in the set, else 0. A slice starts at a multiple of 8."""
    packed = bitmap.view(np.uint8)
    if isinstance(who, slice):
        return np.unpackbits(
            packed[who.start >> 3 : -(-who.stop >> 3)], bitorder="little", count=who.stop - who.start
        )
    held: npt.NDArray[np.uint8] = packed.take(who >> 3) >> (who & 7).astype(np.uint8)
    return held & np.uint8(1)


def flags(bitmap: Bitmap, size: int) -> npt.NDArray[np.bool_]:
    """bool (n,): who is in the set."""
    return np.unpackbits(bitmap.view(np.uint8), bitorder="little", count=size).view(np.bool_)
