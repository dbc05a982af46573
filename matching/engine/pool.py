"""The pool: one row a candidate, as narrow columns, immutable.

How to make one: `Pool.from_columns(candidate_id=..., listing=..., ...)` with any row order;
rows are sorted by candidate id and every value is checked (`InvalidPool` names the column).
`columns.py` is the list of all columns with type, range and meaning.

Dictionaries
    places: tuple of (ISO 3166-1 country, region or ""); `place_code` points into it.
    zones: tuple of IANA names; `zone_code` points into it.
    week_masks: uint8 (k, 84), little bit order; bit `weekday * 96 + minute // 15` says that the
    quarter-hour is part of the week pattern, in the person's LOCAL time, Monday first.
    `mask_of_week` builds one from (weekday, start minute, end minute) blocks.

Sparse columns, keyed by code: only people who have something there appear, `rows` ascending.
    languages {"en": LanguageColumn}, skills {code: SkillColumn}, localities {"NL":
    LocalityColumn}, sector_months and channel_months {code: MonthsColumn}, reserved_sectors {code:
    ReservedSectorColumn}, reserved_employers {"1", "2", …: ReservedEmployerColumn}.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.digests import MovedDigests, digest_of, digest_rows, lanes_together
from matching.engine.errors import InvalidPool, UnknownCandidate
from matching.engine.groups import Groups
from matching.engine.index import Index
from matching.engine.kept import Kept
from matching.engine.pool_building import build_columns, sliced_columns, taken_columns
from matching.engine.pool_changing import changed_columns
from matching.engine.pool_checks import check_pool
from matching.engine.snapshot import read_snapshot, write_snapshot
from matching.engine.sparse import (
    FAMILY_TYPES,
    LanguageColumn,
    LocalityColumn,
    MonthsColumn,
    ReservedEmployerColumn,
    ReservedSectorColumn,
    SkillColumn,
)

if TYPE_CHECKING:
    from matching.engine.verdicts import Table

VERDICTS_KEPT: Final = 16
"""Tables of each group that a pool keeps, five bytes an entry; many vacancies share one."""


class KeptVerdicts(NamedTuple):
    """What a pool keeps of vacancies, group by group."""

    pay: Kept["Table"]
    terms: Kept["Table"]
    calendar: Kept["Table"]

    @classmethod
    def nothing(cls) -> Self:
        """As before any vacancy was ranked."""
        return cls(Kept(VERDICTS_KEPT), Kept(VERDICTS_KEPT), Kept(VERDICTS_KEPT))

    def following(self, before: Groups, now: Groups) -> Self:
        """What stays of it when people changed: entries are what they were as long as others are only
        added after them."""
        tables = (
            kept.following() if getattr(now, name).begins_with(getattr(before, name)) else Kept(VERDICTS_KEPT)
            for name, kept in zip(self._fields, self, strict=True)
        )
        return type(self)(*tables)


def mask_of_week(blocks: Iterable[tuple[int, int, int]]) -> npt.NDArray[np.uint8]:
    """uint8 (84,) mask of (weekday 0-6, start minute, end minute) blocks in local time.

    Minutes are multiples of 15; the end may pass 1440, and then runs into the next day
    (Sunday into Monday). Raises `InvalidPool` for anything else.
    """
    bits = np.zeros(spec.SLOTS_A_WEEK, dtype=np.uint8)
    for weekday, start, end in blocks:
        if not (0 <= weekday <= 6 and 0 <= start < 1440 and start < end <= start + 1440):
            raise InvalidPool("week_masks", f"impossible block {(weekday, start, end)}")
        if start % spec.SLOT_MINUTES or end % spec.SLOT_MINUTES:
            raise InvalidPool("week_masks", f"not on the quarter-hour: {(weekday, start, end)}")
        first = weekday * 96 + start // spec.SLOT_MINUTES
        slots = np.arange(first, first + (end - start) // spec.SLOT_MINUTES)
        bits[slots % spec.SLOTS_A_WEEK] = 1
    return np.packbits(bits, bitorder="little")


@dataclass(frozen=True, eq=False, kw_only=True)
class Pool:
    """All candidates that can be ranked. n rows, ascending candidate id. See the module."""

    candidate_id: npt.NDArray[np.int64]
    listing: npt.NDArray[np.uint8]
    earliest_start_day: npt.NDArray[np.int32]
    contract_forms: npt.NDArray[np.uint8]
    place_code: npt.NDArray[np.uint16]
    right_to_work_until_day: npt.NDArray[np.int32]
    hours_min: npt.NDArray[np.int16]
    hours_max: npt.NDArray[np.int16]
    availability_code: npt.NDArray[np.int32]
    preferred_code: npt.NDArray[np.int32]
    zone_code: npt.NDArray[np.uint16]
    minimum_pay: npt.NDArray[np.int64]
    wished_pay: npt.NDArray[np.int64]
    wished_months: npt.NDArray[np.int16]
    work_style: npt.NDArray[np.int8]
    experience_months: npt.NDArray[np.int16]
    places: tuple[tuple[str, str], ...]
    zones: tuple[str, ...]
    week_masks: npt.NDArray[np.uint8]
    languages: Mapping[str, LanguageColumn] = field(default_factory=dict)
    skills: Mapping[str, SkillColumn] = field(default_factory=dict)
    localities: Mapping[str, LocalityColumn] = field(default_factory=dict)
    sector_months: Mapping[str, MonthsColumn] = field(default_factory=dict)
    channel_months: Mapping[str, MonthsColumn] = field(default_factory=dict)
    reserved_sectors: Mapping[str, ReservedSectorColumn] = field(default_factory=dict)
    reserved_employers: Mapping[str, ReservedEmployerColumn] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_pool(self)
        self._freeze_columns()

    @classmethod
    def _trusted(cls, columns: Mapping[str, Any]) -> Self:
        """A pool of columns that were checked when they were first made."""
        pool = object.__new__(cls)
        pool.__dict__.update(columns)
        pool._freeze_columns()
        return pool

    def _freeze_columns(self) -> None:
        for name in (column.name for column in spec.DENSE):
            _freeze(getattr(self, name))
        _freeze(self.week_masks)
        for family in FAMILY_TYPES:
            for column in getattr(self, family).values():
                for part in vars(column).values():
                    _freeze(part)

    @classmethod
    def from_columns(
        cls,
        *,
        places: Sequence[tuple[str, str]],
        zones: Sequence[str],
        week_masks: npt.ArrayLike,
        languages: Mapping[str, Mapping[str, npt.ArrayLike]] | None = None,
        skills: Mapping[str, Mapping[str, npt.ArrayLike]] | None = None,
        localities: Mapping[str, Mapping[str, npt.ArrayLike]] | None = None,
        sector_months: Mapping[str, Mapping[str, npt.ArrayLike]] | None = None,
        channel_months: Mapping[str, Mapping[str, npt.ArrayLike]] | None = None,
        reserved_sectors: Mapping[str, Mapping[str, npt.ArrayLike]] | None = None,
        reserved_employers: Mapping[str, Mapping[str, npt.ArrayLike]] | None = None,
        **dense: npt.ArrayLike,
    ) -> Self:
        """A pool from arrays or lists in any row order, each value checked.

        `dense` holds every column of `columns.DENSE` by name, all of length n. Each sparse
        family maps a code to {"rows": positions in the order given, part: values}. Values are
        cast to the column's narrow type only when nothing is lost. Raises `InvalidPool`.
        """
        sparse = {
            "languages": languages or {},
            "skills": skills or {},
            "localities": localities or {},
            "sector_months": sector_months or {},
            "channel_months": channel_months or {},
            "reserved_sectors": reserved_sectors or {},
            "reserved_employers": reserved_employers or {},
        }
        built: dict[str, Any] = build_columns(dense, sparse, week_masks)
        return cls(
            places=tuple((str(country), str(region)) for country, region in places),
            zones=tuple(str(zone) for zone in zones),
            **built,
        )

    def __len__(self) -> int:
        return len(self.candidate_id)

    def row_of(self, candidate_id: int) -> int:
        """Row of that candidate. Raises `UnknownCandidate`."""
        row = int(np.searchsorted(self.candidate_id, candidate_id))
        if row == len(self) or int(self.candidate_id[row]) != candidate_id:
            raise UnknownCandidate(f"candidate {candidate_id} is not in the pool")
        return row

    def take(self, rows: npt.ArrayLike) -> Self:
        """The pool of those rows only (a shard). `rows`: ascending, without duplicates."""
        chosen = np.asarray(rows, dtype=np.int64)
        shard = self._trusted(taken_columns(self, chosen))
        if "row_digests" in self.__dict__:
            shard.__dict__["row_digests"] = self.row_digests[chosen]
        return shard

    def part(self, start: int, stop: int) -> Self:
        """The pool of the rows start..stop (a shard); dense columns are views of these."""
        shard = self._trusted(sliced_columns(self, start, stop))
        shard.__dict__["groups"] = self.groups.part(start, stop)
        shard.__dict__["verdicts"] = self.verdicts
        if "row_digests" in self.__dict__:
            shard.__dict__["row_digests"] = self.row_digests[start:stop]
        return shard

    def one(self, candidate_id: int) -> Self:
        """The pool of one person, whose columns are views of these. Raises `UnknownCandidate`."""
        row = self.row_of(candidate_id)
        return self._trusted(sliced_columns(self, row, row + 1))

    def having(self, **columns: Any) -> Self:
        """This pool with other columns, which have to be right by how they were made: nothing is checked."""
        return self._trusted({one.name: getattr(self, one.name) for one in fields(self)} | columns)

    def changed(self, rows: Self, gone: Iterable[int] = ()) -> Self:
        """This pool with the people of `rows` as they are there, and without the ids `gone`.

        People whom this pool does not know are added. Costs little more than copying what
        changed; the outcome equals a pool made from scratch, apart from the layout of
        dictionaries. Raises `InvalidPool` when somebody is both in `rows` and in `gone`.
        """
        columns, derived, in_place = changed_columns(self, rows, gone)
        pool = self._trusted(columns)
        pool.__dict__.update(derived)
        if in_place is not None and "index" in self.__dict__:
            people = rows._in_other_codes(pool.place_code[in_place])
            pool.__dict__["index"] = self.index.following(pool, in_place, people)
        if "verdicts" in self.__dict__:
            pool.__dict__["verdicts"] = self.verdicts.following(self.groups, pool.groups)
        return pool

    def _in_other_codes(self, place_code: npt.NDArray[np.uint16]) -> Self:
        """The same people with their places in the codes of another pool, to be asked for its sets."""
        columns = {one.name: getattr(self, one.name) for one in fields(self)}
        pool = object.__new__(type(self))
        pool.__dict__.update(columns | {"place_code": place_code})
        return pool

    @cached_property
    def groups(self) -> Groups:
        """Columns that are judged together, as distinct combinations."""
        return Groups.of({column.name: getattr(self, column.name) for column in spec.DENSE})

    @cached_property
    def index(self) -> Index:
        """Sets of people that gates ask for again and again."""
        return Index(self)

    @cached_property
    def verdicts(self) -> "KeptVerdicts":
        """What vacancies say of the groups' entries (`verdicts.py`)."""
        return KeptVerdicts.nothing()

    @cached_property
    def row_digests(self) -> npt.NDArray[np.uint64]:
        """uint64 (n, 4): a digest of all that the pool holds about each row."""
        moved: MovedDigests | None = self.__dict__.get("moved_digests")
        return moved.whole() if moved else digest_rows(self)

    @cached_property
    def moved_digests(self) -> MovedDigests:
        """The same as what differs from another pool's, to be looked up for a few rows."""
        return MovedDigests.nothing(self.row_digests)

    def digests_of(self, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.uint64]:
        """uint64 (m, 4): `row_digests` of some rows."""
        return self.moved_digests.of(rows)

    @cached_property
    def digest(self) -> bytes:
        """32 bytes over the content of all rows: the digests added up, so that it depends on
        neither the order of rows and dictionaries nor the cut into shards."""
        return digest_of(lanes_together(self.row_digests))

    def save(self, folder: Path | str) -> None:
        """Write a snapshot folder of .npy files with digests; appears whole or not at all."""
        write_snapshot(self, Path(folder))

    @classmethod
    def open(cls, folder: Path | str, *, verify: bool = True) -> Self:
        """Memory-map a snapshot. Raises `CorruptSnapshot`.

        `verify=False` checks presence, sizes and the manifest, but does not read every byte.
        """
        columns, derived = read_snapshot(Path(folder), verify=verify)
        pool = cls._trusted(columns)
        pool.__dict__.update(derived)
        return pool


def _freeze(array: npt.NDArray[Any]) -> None:
    array.flags.writeable = False
