"""The hours gate for many people at once, judged by the few pairs of zone and availability that they have."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.engine.gates import Rows
from matching.engine.hours import measure_hours
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.scale import Ints

_TABLE_ENTRIES = 2**21
"""Up to this many possible pairs, or a few times the people, a table by pair beats sorting."""


class HoursByPair:
    """Some rows of a pool by what the hours gate reads of them.

    The shift meets people only through their zone and availability; the hours a week that they
    want are compared person by person, and that only where the hours a week change.
    """

    def __init__(self, pool: Pool, rows: Rows) -> None:
        self.pool, self.rows = pool, rows
        self.counted: dict[int, tuple[Ints, Ints]] = {}

    @cached_property
    def keys(self) -> Ints:
        """int64 (m,): one number for each pair of zone and availability."""
        zones = self.pool.zone_code[self.rows].astype(np.int64)
        keys: Ints = zones * len(self.pool.week_masks) + self.pool.availability_code[self.rows]
        return keys

    def count(self, query: VacancyQuery) -> int:
        """How many of the rows pass the hours gate of `query`."""
        if query.hours_week not in self.counted:
            self.counted[query.hours_week] = _distinct(self.keys[self._wanted(query)], self._possible)
        pairs, counts = self.counted[query.hours_week]
        return int(counts[self._held(query, pairs)].sum())

    def passing(self, query: VacancyQuery) -> Rows:
        """The rows that pass the hours gate of `query`."""
        wanted = self._wanted(query)
        rows, keys = self.rows[wanted], self.keys[wanted]
        pairs, _counts = _distinct(keys, self._possible)
        held = pairs[self._held(query, pairs)]
        if self._possible <= _TABLE_ENTRIES:
            table = np.zeros(self._possible, dtype=np.bool_)
            table[held] = True
            return rows[table[keys]]
        return rows[np.isin(keys, held)]

    @property
    def _possible(self) -> int:
        return len(self.pool.zones) * len(self.pool.week_masks)

    def _wanted(self, query: VacancyQuery) -> npt.NDArray[np.bool_]:
        """bool (m,): whose own range holds the hours a week."""
        low, high = self.pool.hours_min[self.rows], self.pool.hours_max[self.rows]
        held: npt.NDArray[np.bool_] = (low <= query.hours_week) & (high >= query.hours_week)
        return held

    def _held(self, query: VacancyQuery, pairs: Ints) -> npt.NDArray[np.bool_]:
        """bool (p,): the pairs whose calendar allows the hours and covers every must block."""
        masks = self.pool.week_masks
        facts = measure_hours(
            query,
            self.pool.zones,
            pairs // len(masks),
            pairs % len(masks),
            np.full(len(pairs), -1, dtype=np.int64),
            masks,
        )
        held: npt.NDArray[np.bool_] = (facts.shortfall == 0) & (facts.must_shortfall == 0)
        return held


def _distinct(keys: Ints, possible: int) -> tuple[Ints, Ints]:
    """The distinct keys, ascending, and how often each occurs."""
    if possible > max(_TABLE_ENTRIES, 4 * len(keys)):
        found, counts = np.unique(keys, return_counts=True)
        return found, counts
    table = np.bincount(keys, minlength=possible)
    pairs = np.flatnonzero(table)
    return pairs, table[pairs]
