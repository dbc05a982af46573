"""What gates and scores ask of everybody, as bitmaps and narrow columns that a pool keeps.

Each is computed when first asked for and kept, the latest used, as long as the pool is. They
change how fast somebody is judged and nothing else. Columns hold, for each row, what a sparse
column knows of few, so that looking somebody up is one read.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.ability import cautious_ability
from matching.engine.bitmaps import Bitmap, bitmap_of, everybody, flags, members
from matching.engine.kept import Kept
from matching.engine.sparse import MonthsColumn, SparseColumn

if TYPE_CHECKING:
    from matching.engine.pool import Pool

Lacking = tuple[Bitmap, Bitmap, Bitmap, Bitmap]
"""Measured below a minimum; not stated; stated below it; stated, but not measured."""

Arrays = tuple[npt.NDArray[Any], ...]
Bytes = npt.NDArray[np.uint8]
C = TypeVar("C", bound=SparseColumn)

ROOM: Final = 32
"""Bytes a person that all that is kept may take: a set takes an eighth of one, a column one or two."""
_AT_LEAST: Final = 1 << 20

CLAIM_BITS: Final = 3
"""A language's status byte: measured level * 8 + claimed level."""
STATED_BITS: Final = 2
"""A skill's status byte: measured level * 4 + stated level."""
MOST_MONTHS: Final = 255
"""Months of experience beyond which the column of a sector or channel does not tell them apart."""


class Index:
    """Sets and columns of a pool. Several threads may ask at once; at worst two compute the same."""

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool
        self._moved: tuple[npt.NDArray[np.intp], Pool] | None = None
        self._kept: Kept[Arrays] = Kept(
            _AT_LEAST + ROOM * len(pool), lambda arrays: sum(array.nbytes for array in arrays)
        )

    def following(self, pool: "Pool", rows: npt.NDArray[np.intp], people: "Pool") -> "Index":
        """The index of a pool that differs from this one's in some rows only: what is kept is not made
        anew but put right in these rows. `people`: those of the rows, in the pool's place codes."""
        after = Index(pool)
        after._moved, after._kept = (rows, people), self._kept.following()
        return after

    def everybody(self) -> Bitmap:
        """All people."""
        return self._one("everybody", lambda pool: everybody(len(pool)))

    def without(self, bit: int) -> Bitmap:
        """Whose `listing` lacks a bit."""
        return self._one(("listing", bit), lambda pool: bitmap_of(pool.listing & bit == 0))

    def starting_after(self, day: int) -> Bitmap:
        """Who can start only after a day; never people who are just looking."""

        def starting_after(pool: "Pool") -> Bitmap:
            return bitmap_of(pool.earliest_start_day > np.int32(day)) & pool.index.without(spec.JUST_LOOKING)

        return self._one(("start", day), starting_after)

    def refusing(self, form: int) -> Bitmap:
        """Who does not accept a contract form."""
        return self._one(("form", form), lambda pool: bitmap_of(pool.contract_forms & form == 0))

    def living_outside(self, hireable: npt.NDArray[np.bool_]) -> Bitmap:
        """Who lives in none of the places; bool, one entry a place code."""

        def living_outside(pool: "Pool") -> Bitmap:
            few_inside = np.count_nonzero(hireable) * 2 < len(hireable)
            found = np.zeros_like(pool.index.everybody())
            for code in np.flatnonzero(hireable if few_inside else ~hireable).tolist():
                found |= pool.index._living_in(code)
            return pool.index.everybody() & ~found if few_inside else found

        return self._one(("outside", hireable.tobytes()), living_outside)

    def reserving(self, sector: str, employer: int) -> Bitmap | None:
        """Who asked not to be shown to a sector ("" = none) or to an employer (0 = none); None for nobody at all."""
        by_sector = by_employer = None
        if sector in self._pool.reserved_sectors:
            by_sector = self._one(("not for sector", sector), lambda pool: _reserving_sector(pool, sector))
        if any((column.employer == employer).any() for column in self._pool.reserved_employers.values()):
            by_employer = self._one(
                ("not for employer", employer), lambda pool: _reserving_employer(pool, employer)
            )
        if by_sector is None or by_employer is None:
            return by_employer if by_sector is None else by_sector
        return by_sector | by_employer

    def without_right_stated(self) -> Bitmap:
        """Who has stated no right to work where they live."""
        return self._one("right", lambda pool: bitmap_of(pool.right_to_work_until_day == 0))

    def right_ending_before(self, day: int) -> Bitmap:
        """Whose right to work ends before a day; also those who stated none."""
        return self._one(("right", day), lambda pool: bitmap_of(pool.right_to_work_until_day < np.int32(day)))

    def language(self, code: str, level: int) -> Lacking:
        """Who lacks a language at a measured level, and why."""
        return self._keep(
            ("language", code, level),
            lambda pool: _lacking(pool.index.language_status(code), level, CLAIM_BITS),
        )

    def skill(self, code: str, minimum: int) -> Lacking:
        """Who lacks a skill at a measured level, and why."""
        return self._keep(
            ("skill", code, minimum),
            lambda pool: _lacking(pool.index.skill_status(code), minimum, STATED_BITS),
        )

    def language_status(self, code: str) -> Bytes:
        """uint8 (n,): everybody's status byte in a language; 0 = neither measured nor claimed."""
        return self._spread(
            ("language status", code),
            lambda pool: pool.languages.get(code),
            lambda column: _status(column.measured_level, column.claimed_level, CLAIM_BITS),
        )

    def skill_status(self, code: str) -> Bytes:
        """uint8 (n,): everybody's status byte in a skill; 0 = neither measured nor stated."""
        return self._spread(
            ("skill status", code),
            lambda pool: pool.skills.get(code),
            lambda column: _status(column.measured, column.stated, STATED_BITS),
        )

    def evidence(self, country: str) -> Bytes:
        """uint8 (n,): everybody's evidence bits for a country."""
        return self._spread(
            ("evidence", country),
            lambda pool: pool.localities.get(country),
            lambda column: column.evidence,
        )

    def sector_months(self, code: str) -> Bytes:
        """uint8 (n,): everybody's months in a sector, at most MOST_MONTHS."""
        return self._spread(("sector", code), lambda pool: pool.sector_months.get(code), _months)

    def channel_months(self, code: str) -> Bytes:
        """uint8 (n,): everybody's months on a channel, at most MOST_MONTHS."""
        return self._spread(("channel", code), lambda pool: pool.channel_months.get(code), _months)

    def ability(self, code: str, cuts: Sequence[int]) -> npt.NDArray[np.int16]:
        """int16 (n,): everybody's cautious ability in a language, thousandths of a level; 0 where not
        measured."""
        return self._spread(
            ("ability", code, tuple(cuts)),
            lambda pool: pool.languages.get(code),
            lambda column: cautious_ability(
                column.measured_level, column.theta, column.standard_error, cuts
            ).astype(np.int16),
            np.int16,
        )

    def _living_in(self, code: int) -> Bitmap:
        return self._one(("place", code), lambda pool: bitmap_of(pool.place_code == np.uint16(code)))

    def _spread(
        self,
        key: Hashable,
        column_of: Callable[["Pool"], C | None],
        value: Callable[[C], npt.NDArray[Any]],
        kind: type[np.generic] = np.uint8,
    ) -> npt.NDArray[Any]:
        """A value of a sparse column for everybody, 0 for those who are not in it."""

        def spread(pool: "Pool") -> npt.NDArray[Any]:
            found, column = np.zeros(len(pool), dtype=kind), column_of(pool)
            if column is not None:
                found[column.rows] = value(column)
            return found

        return self._arrays(key, lambda pool: (spread(pool),))[0]

    def _one(self, key: Hashable, compute: Callable[["Pool"], Bitmap]) -> Bitmap:
        return self._arrays(key, lambda pool: (compute(pool),))[0]

    def _keep(self, key: Hashable, compute: Callable[["Pool"], Lacking]) -> Lacking:
        return cast(Lacking, self._arrays(key, compute))

    def _arrays(self, key: Hashable, compute: Callable[["Pool"], Arrays]) -> Arrays:
        def made(before: Arrays | None) -> Arrays:
            if before is None or self._moved is None:
                return compute(self._pool)
            rows, people = self._moved
            return tuple(_put_right(old, new, rows) for old, new in zip(before, compute(people), strict=True))

        return self._kept.get(key, made)


def _reserving_sector(pool: "Pool", sector: str) -> Bitmap:
    found, column = np.zeros(len(pool), dtype=np.bool_), pool.reserved_sectors.get(sector)
    if column is not None:
        found[column.rows] = True
    return bitmap_of(found)


def _reserving_employer(pool: "Pool", employer: int) -> Bitmap:
    found = np.zeros(len(pool), dtype=np.bool_)
    for column in pool.reserved_employers.values():
        found[column.rows[column.employer == employer]] = True
    return bitmap_of(found)


def _put_right(old: npt.NDArray[Any], new: npt.NDArray[Any], rows: npt.NDArray[np.intp]) -> npt.NDArray[Any]:
    """A set or a column with what `new` says of those rows; the very same where nothing differs."""
    if old.dtype == np.uint64:
        differ = rows[members(old, rows) != flags(new, len(rows))]
        if len(differ):
            old = old.copy()
            np.bitwise_xor.at(old.view(np.uint8), differ >> 3, np.uint8(1) << (differ & 7).astype(np.uint8))
    elif not np.array_equal(old.take(rows), new):
        old = old.copy()
        old[rows] = new
    return old


def _lacking(status: Bytes, minimum: int, bits: int) -> Lacking:
    measured, enough_said = status >= np.uint8(1 << bits), status >= np.uint8(minimum)
    return (
        bitmap_of(measured & (status < np.uint8(minimum << bits))),
        bitmap_of(status == 0),
        bitmap_of(~enough_said & (status > 0)),
        bitmap_of(enough_said & ~measured),
    )


def _status(measured: npt.NDArray[np.int8], said: npt.NDArray[np.int8], bits: int) -> Bytes:
    return (measured.view(np.uint8) << np.uint8(bits)) | said.view(np.uint8)


def _months(column: MonthsColumn) -> Bytes:
    return np.minimum(column.months, MOST_MONTHS).astype(np.uint8)
