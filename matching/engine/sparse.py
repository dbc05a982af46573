"""Sparse columns of the pool: only the people who have something there, rows ascending."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]

FEW_ENTRIES: Final = 1 << 16
"""Entries of a family of columns up to which all its codes are looked at together."""


@dataclass(frozen=True, eq=False)
class LanguageColumn:
    """One language: rows int32 (m,), measured_level and claimed_level int8 (m,), theta and
    standard_error int16 (m,) in thousandths of a level."""

    rows: Rows
    measured_level: npt.NDArray[np.int8]
    claimed_level: npt.NDArray[np.int8]
    theta: npt.NDArray[np.int16]
    standard_error: npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class SkillColumn:
    """One skill: rows int32 (m,), measured and stated level int8 (m,), 0..3."""

    rows: Rows
    measured: npt.NDArray[np.int8]
    stated: npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class LocalityColumn:
    """One country: rows int32 (m,), evidence uint8 (m,) of the four evidence bits."""

    rows: Rows
    evidence: npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class MonthsColumn:
    """One sector or channel: rows int32 (m,), months int16 (m,)."""

    rows: Rows
    months: npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class ReservedSectorColumn:
    """One sector that people asked not to be shown to: rows int32 (m,), reserved uint8 (m,), all 1."""

    rows: Rows
    reserved: npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class ReservedEmployerColumn:
    """People's first, second, … employer that they asked not to be shown to: rows int32 (m,), employer int64 (m,)."""

    rows: Rows
    employer: npt.NDArray[np.int64]


SparseColumn = (
    LanguageColumn
    | SkillColumn
    | LocalityColumn
    | MonthsColumn
    | ReservedSectorColumn
    | ReservedEmployerColumn
)

FAMILY_TYPES: Final[Mapping[str, type[SparseColumn]]] = {
    "languages": LanguageColumn,
    "skills": SkillColumn,
    "localities": LocalityColumn,
    "sector_months": MonthsColumn,
    "channel_months": MonthsColumn,
    "reserved_sectors": ReservedSectorColumn,
    "reserved_employers": ReservedEmployerColumn,
}


def dense_values(column: SparseColumn | None, part: str, size: int) -> npt.NDArray[Any]:
    """One part of a sparse column as an array over all `size` rows, 0 where there is nothing."""
    if column is None:
        return np.zeros(size, dtype=np.int8)
    values: npt.NDArray[Any] = getattr(column, part)
    spread = np.zeros(size, dtype=values.dtype)
    spread[column.rows] = values
    return spread
