"""What gates ask of everybody, as bitmaps that a pool keeps.

The index answers with sets of people; each is computed when first asked for and kept, the
latest of each kind, as long as the pool is. It changes how fast a gate is judged and nothing
else.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.bitmaps import Bitmap, bitmap_of, everybody

if TYPE_CHECKING:
    from matching.engine.pool import Pool

Lacking = tuple[Bitmap, Bitmap, Bitmap, Bitmap]
"""Measured below a minimum; not stated; stated below it; stated, but not measured."""

Levels = tuple[npt.NDArray[np.int32], npt.NDArray[np.int8], npt.NDArray[np.int8]]
"""Rows of a language or skill, their measured and their stated levels."""

_KEPT: Final = 128
"""Sets kept, apart from those of places; a set of a million people takes 125 kB."""

CLAIM_BITS: Final = 3
"""A language's status byte: measured level * 8 + claimed level."""
STATED_BITS: Final = 2
"""A skill's status byte: measured level * 4 + stated level."""


class Index:
    """Bitmaps of a pool. Several threads may ask at once; at worst two compute the same."""

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool
        self._kept: dict[Hashable, Lacking] = {}
        self._places: dict[int, Bitmap] = {}
        self._lock = Lock()

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
        few_inside = np.count_nonzero(hireable) * 2 < len(hireable)
        found = np.zeros_like(self.everybody())
        for code in np.flatnonzero(hireable if few_inside else ~hireable).tolist():
            found |= self._living_in(code)
        return self.everybody() & ~found if few_inside else found

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
        column = self._pool.languages.get(code)
        parts = (column.rows, column.measured_level, column.claimed_level) if column else None
        return self._keep(("language", code, level), lambda: self._lacking(parts, level, CLAIM_BITS))

    def skill(self, code: str, minimum: int) -> Lacking:
        """Who lacks a skill at a measured level, and why."""
        column = self._pool.skills.get(code)
        parts = (column.rows, column.measured, column.stated) if column else None
        return self._keep(("skill", code, minimum), lambda: self._lacking(parts, minimum, STATED_BITS))

    def _living_in(self, code: int) -> Bitmap:
        if code not in self._places:
            self._places[code] = bitmap_of(self._pool.place_code == np.uint16(code))
        return self._places[code]

    def _lacking(self, column: Levels | None, minimum: int, bits: int) -> Lacking:
        status = np.zeros(len(self._pool), dtype=np.uint8)
        if column is not None:
            rows, measured_level, said = column
            status[rows] = (measured_level.view(np.uint8) << np.uint8(bits)) | said.view(np.uint8)
        measured, enough_said = status >= np.uint8(1 << bits), status >= np.uint8(minimum)
        return (
            bitmap_of(measured & (status < np.uint8(minimum << bits))),
            bitmap_of(status == 0),
            bitmap_of(~enough_said & (status > 0)),
            bitmap_of(enough_said & ~measured),
        )

    def _one(self, key: Hashable, compute: Callable[[], Bitmap]) -> Bitmap:
        return self._keep(key, lambda: (compute(),) * 4)[0]

    def _keep(self, key: Hashable, compute: Callable[[], Lacking]) -> Lacking:
        with self._lock:
            found = self._kept.pop(key, None)
        found = found or compute()
        with self._lock:
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = found  # the last place: used most recently
        return found
