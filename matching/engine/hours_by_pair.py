"""The hours gate for many people at once, judged by the few pairs of zone and availability that they have.

The shift meets people only through these two; the hours a week that they want are one more look.
"""

import numpy as np
import numpy.typing as npt

from matching.engine.gates import Rows, judge_terms
from matching.engine.groups import used_entries
from matching.engine.hours import measure_hours
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.scale import Ints

_UNKNOWN, _FAILS, _PASSES = 0, 1, 2


def wanting(pool: Pool, query: VacancyQuery, rows: Rows) -> Rows:
    """Those of the rows whose own range holds the hours a week."""
    terms = pool.groups.terms
    held = judge_terms(terms, query, np.arange(len(terms))) == 0
    wanted: Rows = rows[held.take(terms.codes.take(rows))]
    return wanted


class HoursTable:
    """The hours gate of one query; each pair is measured the first time that it is asked for."""

    def __init__(self, pool: Pool, query: VacancyQuery) -> None:
        self.pool, self.query = pool, query
        self.outcomes = np.zeros(len(pool.zones) * len(pool.week_masks), dtype=np.uint8)

    def passing(self, rows: Rows) -> Rows:
        """Those of the rows that pass."""
        rows = wanting(self.pool, self.query, rows)
        group = self.pool.groups.calendar
        codes = group.codes.take(rows)
        entries = used_entries(codes, len(group))
        pairs = _pairs(self.pool, entries)
        new = np.unique(pairs[self.outcomes.take(pairs) == _UNKNOWN])
        self.outcomes[new] = np.where(held(self.pool, self.query, new), _PASSES, _FAILS)
        by_entry = np.zeros(len(group), dtype=np.bool_)
        by_entry[entries] = self.outcomes.take(pairs) == _PASSES
        passing: Rows = rows[by_entry.take(codes)]
        return passing


class PeopleByPair:
    """How many of some rows have each pair, to count who passes the hours gate of one query after another."""

    def __init__(self, pool: Pool, rows: Rows) -> None:
        self.pool, self.rows = pool, rows
        self.counted: dict[int, tuple[Ints, Ints]] = {}

    def count(self, query: VacancyQuery) -> int:
        """How many of the rows pass the hours gate of `query`."""
        if query.hours_week not in self.counted:
            self.counted[query.hours_week] = self._counts(wanting(self.pool, query, self.rows))
        pairs, counts = self.counted[query.hours_week]
        return int(counts[held(self.pool, query, pairs)].sum())

    def _counts(self, rows: Rows) -> tuple[Ints, Ints]:
        """The distinct pairs, ascending, and how many of the rows have each."""
        group = self.pool.groups.calendar
        people = np.bincount(group.codes.take(rows), minlength=len(group))
        entries = np.flatnonzero(people)
        pairs, which = np.unique(_pairs(self.pool, entries), return_inverse=True)
        counts = np.bincount(which.reshape(-1), weights=people[entries], minlength=len(pairs))
        return pairs, counts.astype(np.int64)


def held(pool: Pool, query: VacancyQuery, pairs: Ints) -> npt.NDArray[np.bool_]:
    """bool (p,): the pairs whose calendar allows the hours and covers every must block."""
    zones, availabilities = np.divmod(pairs, max(len(pool.week_masks), 1))
    no_wish = np.full(len(pairs), -1, dtype=np.int64)
    facts = measure_hours(query, pool.zones, zones, availabilities, no_wish, pool.week_masks)
    passes: npt.NDArray[np.bool_] = (facts.shortfall == 0) & (facts.must_shortfall == 0)
    return passes


def _pairs(pool: Pool, entries: Rows) -> Ints:
    """One number for the zone and availability of each of the calendar group's entries."""
    group = pool.groups.calendar
    pairs: Ints = group.zone_code[entries].astype(np.int64) * len(pool.week_masks)
    pairs += group.availability_code[entries]
    return pairs
