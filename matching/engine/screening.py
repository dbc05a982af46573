"""Running all gates over a pool: who is eligible, who is a near miss, and the waterfall."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.codes import CODES, GATES, Code, Gate
from matching.engine.gates import IS_HARD, JUDGES, Reasons, judge_hours
from matching.engine.hours import HoursFacts
from matching.engine.place_table import PlaceTable, place_table
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Everyone, how many failed for which reason, and how many are eligible.

    `failed`: one count for each of `CODES`, each person at the first gate failed.
    """

    everyone: int
    failed: tuple[int, ...]

    @property
    def eligible(self) -> int:
        """Who is left after the last gate."""
        return self.everyone - sum(self.failed)

    def by_code(self) -> dict[Code, int]:
        """Reasons that occur, with their counts, in order."""
        pairs = zip(CODES, self.failed, strict=True)
        return {code: count for code, count in pairs if count}

    def by_gate(self) -> dict[Gate, int]:
        """How many people each gate stops, every gate in order."""
        counts = dict.fromkeys(GATES, 0)
        for code, count in zip(CODES, self.failed, strict=True):
            counts[code.gate] += count
        return counts

    def __add__(self, other: "Waterfall") -> "Waterfall":
        """The waterfall of both together."""
        failed = tuple(a + b for a, b in zip(self.failed, other.failed, strict=True))
        return Waterfall(self.everyone + other.everyone, failed)


@dataclass(frozen=True, slots=True, eq=False)
class Screening:
    """Outcome of the gates.

    first_reasons: uint8 (n,), number of the first reason of each row, 0 = eligible.
    eligible, near_misses: ascending rows. hours: facts of the eligible rows. places: the terms.
    """

    first_reasons: Reasons
    eligible: Rows
    near_misses: Rows
    hours: HoursFacts
    places: PlaceTable

    @property
    def waterfall(self) -> Waterfall:
        """Counts of all rows."""
        counts = np.bincount(self.first_reasons, minlength=len(CODES) + 1)
        return Waterfall(len(self.first_reasons), tuple(int(count) for count in counts[1:]))


def screen(pool: Pool, query: VacancyQuery) -> Screening:
    """Judge every row at every gate until it fails one for a reason that is not open.

    Somebody who so far only lacks a measurement or a confirmed floor is judged to the end, so
    that near misses are known; they are still counted at the first gate failed.
    """
    places = place_table(query, pool.places)
    first = np.zeros(len(pool), dtype=np.uint8)
    rows: Rows = np.arange(len(pool))
    for gate in GATES[:-1]:
        rows = _keep(first, rows, JUDGES[gate](pool, query, rows, places))
    reasons, hours = judge_hours(pool, query, rows)
    passed = (reasons == 0) & (first[rows] == 0)
    eligible = rows[passed]
    rows = _keep(first, rows, reasons)
    near_misses = rows[first[rows] != 0]
    return Screening(first, eligible, near_misses, hours.at(np.flatnonzero(passed)), places)


def _keep(first: Reasons, rows: Rows, reasons: Reasons) -> Rows:
    """Note first reasons; return the rows that have no hard failure here."""
    before = first[rows]
    first[rows] = np.where(before == 0, reasons, before)
    kept: Rows = rows[~IS_HARD[reasons]]
    return kept
