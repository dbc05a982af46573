"""Columns that are always judged together: each distinct combination is kept, and judged, once.

A million people share some ten thousand combinations of, say, zone, availability and preferred
hours. A group holds the distinct ones (k entries) and each person's code (n); whatever depends on
these columns alone is computed k times and looked up n times. Entries may go unused after
people changed; nobody's result depends on how a group is laid out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

_KEY_LIMIT: Final = 2**62
_SPARE: Final = 4096
"""Unused entries that a group may have before it is laid out anew, or a quarter of all."""

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """codes: int32 (n,), each person's entry. people: int64 (k,), how many have that entry."""

    codes: Codes
    people: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.people)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The pool's columns that the group is made of."""
        return tuple(one.name for one in fields(cls))[2:]

    @classmethod
    def of(cls, columns: Mapping[str, npt.NDArray[Any]]) -> Self:
        """Group the columns of that name; all of length n."""
        chosen = [columns[name] for name in cls.names()]
        first, codes = _distinct(chosen)
        people = np.bincount(codes, minlength=len(first))
        return cls(codes, people, *(column[first] for column in chosen))

    def part(self, start: int, stop: int) -> Self:
        """The group of the people start..stop, with the same entries."""
        codes = self.codes[start:stop]
        return replace(self, codes=codes, people=np.bincount(codes, minlength=len(self)))

    def begins_with(self, before: "Group") -> bool:
        """Whether all entries of another group are this one's first."""
        size = len(before)
        return len(self) >= size and all(
            np.array_equal(getattr(self, name)[:size], getattr(before, name)) for name in self.names()
        )

    def changed(
        self,
        codes: Codes,
        rows: npt.NDArray[np.intp],
        columns: Mapping[str, Any],
        *,
        in_place: bool,
    ) -> Self:
        """With the entries of `rows` (positions in `codes`) taken from `columns`, as many.

        `codes`: int32 (n,), new and not yet shared; the old entries where the change is
        `in_place` (nobody came or went), else anything for `rows`.
        """
        chosen = [columns[name] for name in self.names()]
        first, added = _distinct(chosen)
        people = np.concatenate([self.people, np.zeros(len(first), dtype=np.int64)])
        if in_place:
            people -= np.bincount(codes[rows], minlength=len(people))
        codes[rows] = added + np.int32(len(self))
        joined = {
            name: np.concatenate([getattr(self, name), column[first]])
            for name, column in zip(self.names(), chosen, strict=True)
        }
        if in_place:
            people += np.bincount(codes[rows], minlength=len(people))
        else:
            people = np.bincount(codes, minlength=len(people))
        if len(people) > np.count_nonzero(people) + max(_SPARE, len(self) // 4):
            return type(self).of({name: column[codes] for name, column in joined.items()})
        return type(self)(codes, people, **joined)


@dataclass(frozen=True, slots=True, eq=False)
class PayGroup(Group):
    """What pay depends on."""

    place_code: npt.NDArray[np.uint16]
    minimum_pay: npt.NDArray[np.int64]
    wished_pay: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class TermsGroup(Group):
    """Hours a week and length of contract."""

    hours_min: npt.NDArray[np.int16]
    hours_max: npt.NDArray[np.int16]
    wished_months: npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class CalendarGroup(Group):
    """When somebody can and likes to work, and on which clock."""

    zone_code: npt.NDArray[np.uint16]
    availability_code: npt.NDArray[np.int32]
    preferred_code: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """All groups of a pool."""

    pay: PayGroup
    terms: TermsGroup
    calendar: CalendarGroup

    @classmethod
    def of(cls, columns: Mapping[str, npt.NDArray[Any]]) -> Self:
        """Group a pool's dense columns."""
        return cls(*(kind.of(columns) for kind in GROUP_TYPES.values()))  # type: ignore[arg-type]

    def part(self, start: int, stop: int) -> Self:
        """The groups of the people start..stop."""
        return type(self)(*(getattr(self, name).part(start, stop) for name in GROUP_TYPES))


GROUP_TYPES: Final[Mapping[str, type[Group]]] = {
    "pay": PayGroup,
    "terms": TermsGroup,
    "calendar": CalendarGroup,
}


def used_entries(codes: npt.NDArray[np.integer], size: int) -> npt.NDArray[np.intp]:
    """The distinct codes, ascending, of a group of that size."""
    used = np.zeros(size, dtype=np.bool_)
    used[codes] = True
    return np.flatnonzero(used)


def _distinct(columns: list[npt.NDArray[Any]]) -> tuple[npt.NDArray[np.intp], Codes]:
    """Position of one of each distinct combination, and each row's number among them."""
    if not len(columns[0]):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.int32)
    key, size = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        low = int(column.min())
        span = int(column.max()) - low + 1
        if size * span >= _KEY_LIMIT:
            key = np.unique(key, return_inverse=True)[1].reshape(-1)
            size = int(key.max()) + 1
        key = key * span + (column.astype(np.int64) - low)
        size *= span
    _, first, codes = np.unique(key, return_index=True, return_inverse=True)
    return first, codes.reshape(-1).astype(np.int32)
