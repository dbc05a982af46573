"""Running all gates over a pool: who is eligible, who is a near miss, and the waterfall.

What depends on a few columns only is judged once for each distinct combination (`groups.py`);
the rest in blocks of rows that fit the processor's cache, several at a time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from matching.engine.codes import CODES, GATES, Code, Gate
from matching.engine.gates import (
    CLAIM_BITS,
    IS_HARD,
    PROFILE_JUDGES,
    Reasons,
    first_of,
    judge_calendar,
    judge_pay,
    judge_skills,
    judge_terms,
    severity,
)
from matching.engine.groups import Group, PayGroup, TermsGroup
from matching.engine.hours import HoursFacts, measure_hours
from matching.engine.place_table import PlaceTable, place_table
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery

Rows = npt.NDArray[np.intp]
Counts = npt.NDArray[np.int64]
G = TypeVar("G", bound=Group)

BLOCK_ROWS: Final = 1 << 16
WORTH_THREADS: Final = 1 << 17
"""Below that many rows a second thread costs more than it saves."""


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


@dataclass(frozen=True, eq=False)
class Screening:
    """Outcome of the gates.

    first_reasons: uint8 (n,), number of the first reason of each row, 0 = eligible.
    eligible, near_misses: ascending rows. waterfall: counts of all rows. places: the terms.
    calendar: facts of the calendar group's entries `measured` (ascending) only.
    """

    first_reasons: Reasons
    eligible: Rows
    near_misses: Rows
    waterfall: Waterfall
    places: PlaceTable
    calendar: HoursFacts
    measured: Rows
    calendar_codes: npt.NDArray[np.int32]

    @cached_property
    def hours(self) -> HoursFacts:
        """Facts of the eligible rows."""
        return self.hours_of(self.eligible)

    def hours_of(self, rows: Rows) -> HoursFacts:
        """Facts of rows that reached the hours gate."""
        return self.calendar.at(np.searchsorted(self.measured, self.calendar_codes[rows]))


def screen(pool: Pool, query: VacancyQuery, *, threads: int = 1) -> Screening:
    """Judge every row at every gate until it fails one for a reason that is not open.

    Somebody who so far only lacks a measurement or a confirmed floor is judged to the end, so
    that near misses are known; they are still counted at the first gate failed.
    """
    places = place_table(query, pool.places)
    groups, first = pool.groups, np.empty(len(pool), dtype=np.uint8)
    every = np.arange(len(groups.profile))
    profile = first_of(*(judge(groups.profile, query, every, places) for judge in PROFILE_JUDGES.values()))
    statuses = [(pool.language_status(need.code), need.level) for need in query.languages]

    def sift(start: int, stop: int) -> tuple[Rows, Counts]:
        return _sift(pool, query, profile, statuses, first, start, stop)

    counts = np.bincount(profile, weights=groups.profile.people, minlength=len(CODES) + 1).astype(np.int64)
    with in_threads(threads if len(pool) >= WORTH_THREADS else 1) as each:
        sifted = list(each(sift, blocks_of(len(pool))))
    rows = np.concatenate([np.zeros(0, dtype=np.intp), *(kept for kept, _ in sifted)])
    counts += sum(counted for _, counted in sifted)
    rows = _note(first, counts, rows, _skill_reasons(pool, query, rows))
    rows = _note(first, counts, rows, _by_entry(groups.pay, rows, partial(_judge_pay, query, places)))
    rows = _note(first, counts, rows, _by_entry(groups.terms, rows, partial(_judge_terms, query)))
    codes = groups.calendar.codes
    measured, facts = measure_used(pool, query, codes.take(rows))
    by_entry = np.zeros(len(groups.calendar), dtype=np.uint8)
    by_entry[measured] = judge_calendar(facts)
    rows = _note(first, counts, rows, by_entry.take(codes.take(rows)))
    open_questions = first.take(rows) != 0
    return Screening(
        first_reasons=first,
        eligible=rows.take(np.flatnonzero(~open_questions)),
        near_misses=rows.take(np.flatnonzero(open_questions)),
        waterfall=Waterfall(len(pool), tuple(int(count) for count in counts[1:])),
        places=places,
        calendar=facts,
        measured=measured,
        calendar_codes=codes,
    )


def _judge_pay(query: VacancyQuery, places: PlaceTable, group: PayGroup, entries: Rows) -> Reasons:
    return judge_pay(group, query, entries, places)


def _judge_terms(query: VacancyQuery, group: TermsGroup, entries: Rows) -> Reasons:
    return judge_terms(group, query, entries)


def _by_entry(group: G, rows: Rows, judge: Callable[[G, Rows], Reasons]) -> Reasons:
    """Reasons of rows, each entry of the group that they use judged once."""
    codes = group.codes.take(rows)
    entries = used_entries(codes, len(group))
    reasons = np.zeros(len(group), dtype=np.uint8)
    reasons[entries] = judge(group, entries)
    return reasons.take(codes)


def measure_used(pool: Pool, query: VacancyQuery, codes: npt.NDArray[np.int32]) -> tuple[Rows, HoursFacts]:
    """The distinct `codes` of the calendar group, ascending, and their facts."""
    group = pool.groups.calendar
    entries = used_entries(codes, len(group))
    facts = measure_hours(
        query,
        pool.zones,
        group.zone_code[entries],
        group.availability_code[entries],
        group.preferred_code[entries],
        pool.week_masks,
    )
    return entries, facts


def used_entries(codes: npt.NDArray[np.int32], size: int) -> Rows:
    """The distinct codes, ascending, of a group of that size."""
    used = np.zeros(size, dtype=np.bool_)
    used[codes] = True
    return np.flatnonzero(used)


def _sift(
    pool: Pool,
    query: VacancyQuery,
    profile: Reasons,
    statuses: list[tuple[npt.NDArray[np.uint8], int]],
    first: Reasons,
    start: int,
    stop: int,
) -> tuple[Rows, Counts]:
    """Rows start..stop up to the language gate: those left, and counts of the others.

    `profile`: reasons of the profile group's entries; whom they stop is not counted here.
    """
    block = first[start:stop]
    counts = np.zeros(len(CODES) + 1, dtype=np.int64)
    profile.take(pool.groups.profile.codes[start:stop], out=block, mode="clip")
    alive = block == 0
    if statuses:
        levels = [(status[start:stop], minimum) for status, minimum in statuses]
        worst = severity(len(block), levels, CLAIM_BITS)
        worst *= alive.view(np.uint8)
        for degree in range(1, 5):
            found = worst == degree
            code = Code.LANGUAGE_BELOW.number + 4 - degree
            counts[code] = np.count_nonzero(found)
            block += found.view(np.uint8) * np.uint8(code)
        alive &= worst < 2
    rows = np.flatnonzero(alive) + start
    return rows, counts


def _skill_reasons(pool: Pool, query: VacancyQuery, rows: Rows) -> Reasons:
    """Reasons of the skills gate, block by block."""
    blocks = [rows[start:stop] for start, stop in blocks_of(len(rows))] if query.must_skills else []
    reasons = [judge_skills(pool, query, block) for block in blocks]
    return np.concatenate(reasons) if reasons else np.zeros(len(rows), dtype=np.uint8)


def _note(first: Reasons, counts: Counts, rows: Rows, reasons: Reasons) -> Rows:
    """Note and count first reasons; return the rows that have no hard failure here."""
    failing = np.flatnonzero(reasons)
    if not len(failing):
        return rows
    failed, why = rows.take(failing), reasons.take(failing)
    fresh = np.flatnonzero(first.take(failed) == 0)
    first[failed.take(fresh)] = why.take(fresh)
    counts += np.bincount(why.take(fresh), minlength=len(counts))
    stay = np.ones(len(rows), dtype=np.bool_)
    stay[failing] = ~IS_HARD.take(why)
    return rows.take(np.flatnonzero(stay))


def blocks_of(size: int, rows: int = BLOCK_ROWS) -> list[tuple[int, int]]:
    """(start, stop) of blocks of that many rows."""
    return [(start, min(start + rows, size)) for start in range(0, size, rows)]


Each = Callable[[Callable[[int, int], Any], list[tuple[int, int]]], Iterator[Any]]


@contextmanager
def in_threads(threads: int) -> Iterator[Each]:
    """A way to call a function for each (start, stop), in order, on so many threads."""
    if threads <= 1:
        yield lambda call, spans: (call(*span) for span in spans)
        return
    with ThreadPoolExecutor(threads) as executor:
        yield lambda call, spans: executor.map(lambda span: call(*span), spans)
