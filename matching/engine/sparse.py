"""Sparse columns of the pool: only the people who have something there, rows ascending."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine.bitmaps import Directory

Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Listed:
    """What every sparse column has: the rows of its people."""

    rows: Rows

    @cached_property
    def directory(self) -> Directory:
        """Where each row stands among `rows`."""
        return Directory(self.rows)


@dataclass(frozen=True, eq=False)
class LanguageColumn(Listed):
    """One language: rows int32 (m,), measured_level and claimed_level int8 (m,), theta and
    standard_error int16 (m,) in thousandths of a level."""

    measured_level: npt.NDArray[np.int8]
    claimed_level: npt.NDArray[np.int8]
    theta: npt.NDArray[np.int16]
    standard_error: npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class SkillColumn(Listed):
    """One skill: rows int32 (m,), measured and stated level int8 (m,), 0..3."""

    measured: npt.NDArray[np.int8]
    stated: npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class LocalityColumn(Listed):
    """One country: rows int32 (m,), evidence uint8 (m,) of the four evidence bits."""

    evidence: npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class MonthsColumn(Listed):
    """One sector or channel: rows int32 (m,), months int16 (m,)."""

    months: npt.NDArray[np.int16]


SparseColumn = LanguageColumn | SkillColumn | LocalityColumn | MonthsColumn

Entries = slice | npt.NDArray[np.integer]
Term = tuple[SparseColumn | None, Callable[[Any, Entries], npt.NDArray[np.int64]], int]
"""A column, what some entries of it are worth, and a weight."""

FAMILY_TYPES: Final[Mapping[str, type[SparseColumn]]] = {
    "languages": LanguageColumn,
    "skills": SkillColumn,
    "localities": LocalityColumn,
    "sector_months": MonthsColumn,
    "channel_months": MonthsColumn,
}


def dense_values(column: SparseColumn | None, part: str, size: int) -> npt.NDArray[Any]:
    """One part of a sparse column as an array over all `size` rows, 0 where there is nothing."""
    if column is None:
        return np.zeros(size, dtype=np.int8)
    values: npt.NDArray[Any] = getattr(column, part)
    spread = np.zeros(size, dtype=values.dtype)
    spread[column.rows] = values
    return spread


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where some people stand in a sparse column.

    entries: intp (f,), ascending positions in the column. people: intp (f,), which of the people
    asked for they belong to; None when it is all of them.
    """

    entries: npt.NDArray[np.intp]
    people: npt.NDArray[np.intp] | None
    asked: int

    def values(self, part: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """A part of the column for everybody asked for, 0 where there is nothing."""
        found = part.take(self.entries)
        if self.people is None:
            return found
        spread = np.zeros(self.asked, dtype=part.dtype)
        spread[self.people] = found
        return spread


def places_of(column: SparseColumn | None, rows: npt.NDArray[np.intp]) -> Places:
    """Find ascending `rows` in a column: by search when they are few, by spreading otherwise."""
    nothing = np.zeros(0, dtype=np.intp)
    if column is None or not len(rows) or not len(column.rows):
        return Places(nothing, nothing, len(rows))
    low, high = int(rows[0]), int(rows[-1]) + 1
    first, last = span_of(column.rows, low, high)
    held = column.rows[first:last]
    if len(held) == high - low:
        return Places(rows - (low - first), None, len(rows))
    if len(held) == len(rows) and bool(np.array_equal(held, rows)):
        return Places(np.arange(first, last), None, len(rows))
    if _are_few(len(rows), high - low):
        entries, present = column.directory.find(rows)
        people = np.flatnonzero(present)
        return Places(entries.take(people).astype(np.intp), people, len(rows))
    entry = np.full(high - low, -1, dtype=np.int32)
    entry[held - np.int32(low)] = np.arange(first, last, dtype=np.int32)
    found = entry.take(rows - low)
    people = np.flatnonzero(found >= 0)
    return Places(found.take(people).astype(np.intp), people, len(rows))


def span_of(rows: Rows, start: int, stop: int) -> tuple[int, int]:
    """First and last + 1 entry of the rows start..stop.

    The edges are given in the column's own type: any other would make NumPy copy the column.
    """
    first, last = np.searchsorted(rows, np.array([start, stop], dtype=np.int32))
    return int(first), int(last)


def values_at(column: SparseColumn | None, part: str, rows: npt.NDArray[np.intp]) -> npt.NDArray[Any]:
    """One part of a sparse column for ascending `rows`, 0 where there is nothing."""
    if column is None:
        return np.zeros(len(rows), dtype=np.int8)
    values: npt.NDArray[Any] = getattr(column, part)
    if not len(rows):
        return np.zeros(0, dtype=values.dtype)
    low, high = int(rows[0]), int(rows[-1]) + 1
    if _are_few(len(rows), high - low):
        entries, present = column.directory.find(rows)
        return values.take(entries, mode="clip") * present if len(values) else present.astype(values.dtype)
    first, last = span_of(column.rows, low, high)
    found = values[first:last]
    if len(found) < high - low:
        spread = np.zeros(high - low, dtype=values.dtype)
        spread[column.rows[first:last] - np.int32(low)] = found
        found = spread
    return found.take(rows - low)


def weighted_sum(terms: Sequence[Term], rows: npt.NDArray[np.intp]) -> npt.NDArray[np.int64]:
    """Sum over several columns of value * weight, for ascending `rows`; nothing counts as 0.

    Values are computed for the entries of the columns, which are fewer than the people.
    """
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    low, high = int(rows[0]), int(rows[-1]) + 1
    held = [(column, value, weight) for column, value, weight in terms if column is not None]
    if _are_few(len(rows), high - low):
        total = np.zeros(len(rows), dtype=np.int64)
        for column, value, weight in held:
            entries, present = column.directory.find(rows)
            people = np.flatnonzero(present)
            total[people] += value(column, entries.take(people)) * weight
        return total
    spread = np.zeros(high - low, dtype=np.int64)
    for column, value, weight in held:
        first, last = span_of(column.rows, low, high)
        values = value(column, slice(first, last))
        spread[column.rows[first:last] - np.int32(low)] += values * weight if weight != 1 else values
    return spread.take(rows - low)


def _are_few(rows: int, span: int) -> bool:
    """Whether to look each row up, rather than to spread the entries over their span."""
    return rows * _LOOKED_UP < span


_LOOKED_UP: Final = 8
"""From one row in so many on, spreading is the faster."""
