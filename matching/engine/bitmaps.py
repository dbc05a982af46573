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


def bitmap_of(found: npt.NDArray[np.bool_]) -> Bitmap:
    """Bitmap of a bool (n,)."""
    packed = np.packbits(found, bitorder="little")
    words = np.zeros(-(-len(found) // WORD), dtype=_LITTLE)
    words.view(np.uint8)[: len(packed)] = packed
    return words


def bitmap_of_rows(rows: npt.NDArray[np.integer], size: int) -> Bitmap:
    """Bitmap of `size` people of whom `rows` are in the set."""
    found = np.zeros(size, dtype=np.bool_)
    found[rows] = True
    return bitmap_of(found)


def everybody(size: int) -> Bitmap:
    """The set of all `size` people."""
    return bitmap_of(np.ones(size, dtype=np.bool_))


def count(bitmap: Bitmap) -> int:
    """How many people are in the set."""
    return int(np.bitwise_count(bitmap).sum(dtype=np.int64))


def rows_in(bitmap: Bitmap, size: int) -> Rows:
    """The rows of the set, ascending."""
    return np.flatnonzero(flags(bitmap, size))


def flags(bitmap: Bitmap, size: int) -> npt.NDArray[np.bool_]:
    """bool (n,): who is in the set."""
    return np.unpackbits(bitmap.view(np.uint8), bitorder="little", count=size).view(np.bool_)


class Directory:
    """Where in an ascending list of rows each row stands (a rank directory: Jacobson, 1989).

    A bitmap of the rows, and for each word how many rows come up to its end: looking a row up
    takes two reads and a count of bits, however many rows there are.
    """

    def __init__(self, rows: npt.NDArray[np.int32]) -> None:
        last = int(rows[-1]) if len(rows) else -1
        # One word more, and empty, so that rows past the last one are found in none.
        self.words = bitmap_of_rows(rows, (last // WORD + 2) * WORD)
        self.ends = np.cumsum(np.bitwise_count(self.words), dtype=np.int32)

    def find(self, rows: Rows) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.bool_]]:
        """For each row its place in the list, and whether it is there at all (else any place)."""
        word = rows >> 6
        held = self.words.take(word, mode="clip") >> (rows & (WORD - 1)).view(np.uint64)
        places = self.ends.take(word, mode="clip") - np.bitwise_count(held)
        return places, (held & np.uint64(1)).view(np.int64) != 0
