"""What gates and scores ask of everybody, as bitmaps and narrow columns that a pool keeps.

Each is computed when first asked for and kept, the latest used, as long as the pool is. They
change how fast somebody is judged and nothing else. Columns hold, for each row, what a sparse
column knows of few, so that looking somebody up is one read.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.ability import cautious_ability
from matching.engine.bitmaps import Bitmap, bitmap_of, everybody
from matching.engine.kept import Kept
from matching.engine.sparse import MonthsColumn, SparseColumn

if TYPE_CHECKING:
    from matching.engine.pool import Pool

Lacking = tuple[Bitmap, Bitmap, Bitmap, Bitmap]
"""Measured below a minimum; not stated; stated below it; stated, but not measured."""

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
        self._kept: Kept[tuple[npt.NDArray[Any], ...]] = Kept(
            _AT_LEAST + ROOM * len(pool), lambda arrays: sum(array.nbytes for array in arrays)
        )

    def everybody(self) -> Bitmap:
        """All people."""
        return self._one("everybody", lambda: everybody(len(self._pool)))

    def without(self, bit: int) -> Bitmap:
        """Whose `listing` lacks a bit."""
        return self._one(("listing", bit), lambda: bitmap_of(self._pool.listing & bit == 0))

    def starting_after(self, day: int) -> Bitmap:
        """Who can start only after a day; never people who are just looking."""
        return self._one(
            ("start", day),
            lambda: (
                bitmap_of(self._pool.earliest_start_day > np.int32(day)) & self.without(spec.JUST_LOOKING)
            ),
        )

    def refusing(self, form: int) -> Bitmap:
        """Who does not accept a contract form."""
        return self._one(("form", form), lambda: bitmap_of(self._pool.contract_forms & form == 0))

    def living_outside(self, hireable: npt.NDArray[np.bool_]) -> Bitmap:
        """Who lives in none of the places; bool, one entry a place code."""

        def living_outside() -> Bitmap:
            few_inside = np.count_nonzero(hireable) * 2 < len(hireable)
            found = np.zeros_like(self.everybody())
            for code in np.flatnonzero(hireable if few_inside else ~hireable).tolist():
                found |= self._living_in(code)
            return self.everybody() & ~found if few_inside else found

        return self._one(("outside", hireable.tobytes()), living_outside)

    def without_right_stated(self) -> Bitmap:
        """Who has stated no right to work where they live."""
        return self._one("right", lambda: bitmap_of(self._pool.right_to_work_until_day == 0))

    def right_ending_before(self, day: int) -> Bitmap:
        """Whose right to work ends before a day; also those who stated none."""
        return self._one(
            ("right", day), lambda: bitmap_of(self._pool.right_to_work_until_day < np.int32(day))
        )

    def language(self, code: str, level: int) -> Lacking:
        """Who lacks a language at a measured level, and why."""
        status = partial(self.language_status, code)
        return self._keep(("language", code, level), lambda: _lacking(status(), level, CLAIM_BITS))

    def skill(self, code: str, minimum: int) -> Lacking:
        """Who lacks a skill at a measured level, and why."""
        status = partial(self.skill_status, code)
        return self._keep(("skill", code, minimum), lambda: _lacking(status(), minimum, STATED_BITS))

    def language_status(self, code: str) -> Bytes:
        """uint8 (n,): everybody's status byte in a language; 0 = neither measured nor claimed."""
        return self._spread(
            ("language status", code),
            self._pool.languages.get(code),
            lambda column: _status(column.measured_level, column.claimed_level, CLAIM_BITS),
        )

    def skill_status(self, code: str) -> Bytes:
        """uint8 (n,): everybody's status byte in a skill; 0 = neither measured nor stated."""
        return self._spread(
            ("skill status", code),
            self._pool.skills.get(code),
            lambda column: _status(column.measured, column.stated, STATED_BITS),
        )

    def evidence(self, country: str) -> Bytes:
        """uint8 (n,): everybody's evidence bits for a country."""
        return self._spread(
            ("evidence", country), self._pool.localities.get(country), lambda column: column.evidence
        )

    def sector_months(self, code: str) -> Bytes:
        """uint8 (n,): everybody's months in a sector, at most MOST_MONTHS."""
        return self._spread(("sector", code), self._pool.sector_months.get(code), _months)

    def channel_months(self, code: str) -> Bytes:
        """uint8 (n,): everybody's months on a channel, at most MOST_MONTHS."""
        return self._spread(("channel", code), self._pool.channel_months.get(code), _months)

    def ability(self, code: str, cuts: Sequence[int]) -> npt.NDArray[np.int16]:
        """int16 (n,): everybody's cautious ability in a language, thousandths of a level; 0 where not measured."""
        return self._spread(
            ("ability", code, tuple(cuts)),
            self._pool.languages.get(code),
            lambda column: cautious_ability(
                column.measured_level, column.theta, column.standard_error, cuts
            ).astype(np.int16),
            np.int16,
        )

    def _living_in(self, code: int) -> Bitmap:
        return self._one(("place", code), lambda: bitmap_of(self._pool.place_code == np.uint16(code)))

    def _spread(
        self,
        key: Hashable,
        column: C | None,
        value: Callable[[C], npt.NDArray[Any]],
        kind: type[np.generic] = np.uint8,
    ) -> npt.NDArray[Any]:
        """A value of a sparse column for everybody, 0 for those who are not in it."""

        def spread() -> tuple[npt.NDArray[Any]]:
            found = np.zeros(len(self._pool), dtype=kind)
            if column is not None:
                found[column.rows] = value(column)
            return (found,)

        return self._kept.get(key, spread)[0]

    def _one(self, key: Hashable, compute: Callable[[], Bitmap]) -> Bitmap:
        return self._kept.get(key, lambda: (compute(),))[0]

    def _keep(self, key: Hashable, compute: Callable[[], Lacking]) -> Lacking:
        return cast(Lacking, self._kept.get(key, compute))


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
