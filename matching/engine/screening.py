"""Running all gates over a pool: who is eligible, who is a near miss, and the waterfall.

The gates before pay are answered with sets of people (`index.py`), reason by reason for everybody
at once; the later ones judge each distinct combination of columns (`groups.py`) that the people
left over have.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial, reduce
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.bitmaps import Bitmap, bitmap_of_rows, count, flags, rows_in
from matching.engine.codes import CODES, GATES, SOFT, Code, Gate
from matching.engine.gates import IS_HARD, Reasons, judge_calendar, judge_pay, judge_terms
from matching.engine.groups import CalendarGroup, Group, PayGroup, TermsGroup
from matching.engine.hours import HoursFacts, measure_hours
from matching.engine.index import Lacking
from matching.engine.place_table import PlaceTable, place_table
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery

Rows = npt.NDArray[np.intp]
G = TypeVar("G", bound=Group)

LANGUAGE_CODES: Final = (
    Code.LANGUAGE_BELOW,
    Code.LANGUAGE_NOT_STATED,
    Code.LANGUAGE_CLAIMED_BELOW,
    Code.LANGUAGE_NOT_MEASURED,
)
CODES_OF: Final = {gate: tuple(code for code in CODES if code.gate == gate) for gate in GATES}
SKILL_CODES: Final = (
    Code.SKILL_BELOW,
    Code.SKILL_NOT_STATED,
    Code.SKILL_STATED_BELOW,
    Code.SKILL_NOT_MEASURED,
)


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
        for code, failed in zip(CODES, self.failed, strict=True):
            counts[code.gate] += failed
        return counts

    def __add__(self, other: "Waterfall") -> "Waterfall":
        """The waterfall of both together."""
        failed = tuple(a + b for a, b in zip(self.failed, other.failed, strict=True))
        return Waterfall(self.everyone + other.everyone, failed)


@dataclass(frozen=True, eq=False)
class Screening:
    """Outcome of the gates.

    eligible, near_misses: ascending rows. near_reasons: uint8, the open question counted of each
    near miss. waterfall: counts of all rows. places: the terms. failures: who failed first for
    which reason. calendar: facts of the calendar group's entries `measured` (ascending) only.
    """

    size: int
    eligible: Rows
    near_misses: Rows
    near_reasons: Reasons
    waterfall: Waterfall
    places: PlaceTable
    failures: tuple[tuple[Code, Bitmap], ...]
    calendar: HoursFacts
    measured: Rows
    calendar_codes: npt.NDArray[np.int32]

    @cached_property
    def first_reasons(self) -> Reasons:
        """uint8 (n,), number of the first reason of each row, 0 = eligible."""
        first = np.zeros(self.size, dtype=np.uint8)
        for code, failed in self.failures:
            np.copyto(first, np.uint8(code.number), where=flags(failed, self.size))
        return first

    @cached_property
    def hours(self) -> HoursFacts:
        """Facts of the eligible rows."""
        return self.hours_of(self.eligible)

    def hours_of(self, rows: Rows) -> HoursFacts:
        """Facts of rows that reached the hours gate."""
        return self.calendar.at(np.searchsorted(self.measured, self.calendar_codes[rows]))


class Measured(NamedTuple):
    """Entries of the calendar group, ascending, and their facts."""

    entries: Rows
    facts: HoursFacts


class _Sieve:
    """Everybody, reason by reason: who is still judged, who has no reason yet, and the counts."""

    def __init__(self, pool: Pool) -> None:
        self.size = len(pool)
        self.alive = pool.index.everybody()
        self.without_reason = self.alive
        self.failures: list[tuple[Code, Bitmap]] = []
        self.counts = dict.fromkeys(CODES, 0)

    def note(self, code: Code, failing: Bitmap) -> None:
        """Whoever is still judged and fails for `code`, unless an earlier reason was noted."""
        first = failing & self.without_reason
        found = count(first)
        if found:
            self.counts[code] += found
            self.failures.append((code, first))
            self.without_reason = self.without_reason & ~first
        if code not in SOFT:
            self.alive = self.alive & ~failing

    def note_rows(self, gate: Gate, rows: Rows, reasons: Reasons) -> Rows:
        """Note what a gate found of the rows that are still judged; returns those left."""
        for code in CODES_OF[gate]:
            failing = np.flatnonzero(reasons == code.number)
            if len(failing):
                self.note(code, bitmap_of_rows(rows.take(failing), self.size))
        return rows.take(np.flatnonzero(~IS_HARD.take(reasons)))

    def outcome(
        self, rows: Rows, places: PlaceTable, calendar: CalendarGroup, measured: Measured
    ) -> Screening:
        """The screening, from the rows left after the last gate."""
        open_questions = flags(self.alive & ~self.without_reason, self.size).take(rows)
        near_misses = rows.take(np.flatnonzero(open_questions))
        near_reasons = np.zeros(len(near_misses), dtype=np.uint8)
        for code, failed in self.failures:
            if code in SOFT:
                near_reasons[flags(failed, self.size).take(near_misses)] = code.number
        return Screening(
            size=self.size,
            eligible=rows.take(np.flatnonzero(~open_questions)),
            near_misses=near_misses,
            near_reasons=near_reasons,
            waterfall=Waterfall(self.size, tuple(self.counts.values())),
            places=places,
            failures=tuple(self.failures),
            calendar=measured.facts,
            measured=measured.entries,
            calendar_codes=calendar.codes,
        )


def screen(pool: Pool, query: VacancyQuery) -> Screening:
    """Judge every row at every gate until it fails one for a reason that is not open.

    Somebody who so far only lacks a measurement or a confirmed floor is judged to the end, so
    that near misses are known; they are still counted at the first gate failed.
    """
    places, groups, sieve = place_table(query, pool.places), pool.groups, _Sieve(pool)
    for code, failing in failing_at_once(pool, query, places):
        sieve.note(code, failing)
    rows = rows_in(sieve.alive, len(pool))
    rows = sieve.note_rows(Gate.PAY, rows, _by_entry(groups.pay, rows, partial(_judge_pay, query, places)))
    rows = sieve.note_rows(Gate.HOURS, rows, _by_entry(groups.terms, rows, partial(_judge_terms, query)))
    codes = groups.calendar.codes
    measured = measure_used(pool, query, codes.take(rows))
    by_entry = np.zeros(len(groups.calendar), dtype=np.uint8)
    by_entry[measured.entries] = judge_calendar(measured.facts)
    rows = sieve.note_rows(Gate.HOURS, rows, by_entry.take(codes.take(rows)))
    return sieve.outcome(rows, places, groups.calendar, measured)


def failing_at_once(pool: Pool, query: VacancyQuery, places: PlaceTable) -> Iterator[tuple[Code, Bitmap]]:
    """Who fails the gates before pay, in the order of the codes; the index knows them as sets."""
    index = pool.index
    yield Code.NOT_AGREED, index.without(spec.AGREED)
    yield Code.NOT_AVAILABLE, index.without(spec.AVAILABLE)
    yield Code.STARTS_LATER, index.starting_after(query.start_day)
    yield Code.FORM_NOT_ACCEPTED, index.refusing(query.contract_form)
    yield Code.NOT_HIREABLE, index.living_outside(places.hireable)
    yield Code.NO_RIGHT_STATED, index.without_right_stated()
    yield Code.RIGHT_ENDS_EARLY, index.right_ending_before(query.end_day)
    languages = [index.language(need.code, need.level) for need in query.languages]
    yield from zip(LANGUAGE_CODES, _any_of(languages), strict=False)
    skills = [index.skill(need.code, need.minimum) for need in query.must_skills]
    yield from zip(SKILL_CODES, _any_of(skills), strict=False)


def failing_by_gate(pool: Pool, query: VacancyQuery, places: PlaceTable) -> dict[Gate, Bitmap]:
    """Who fails each of the gates before pay, open questions included; a gate that asks nothing is left out."""
    failing: dict[Gate, Bitmap] = {}
    for code, found in failing_at_once(pool, query, places):
        failing[code.gate] = failing[code.gate] | found if code.gate in failing else found
    return failing


def _any_of(lacking: list[Lacking]) -> Iterator[Bitmap]:
    """Who lacks any of several languages or skills, from the worst to the mildest."""
    return (reduce(np.bitwise_or, degree) for degree in zip(*lacking, strict=True))


def _judge_pay(query: VacancyQuery, places: PlaceTable, group: PayGroup, entries: Rows) -> Reasons:
    return judge_pay(group, query, entries, places)


def _judge_terms(query: VacancyQuery, group: TermsGroup, entries: Rows) -> Reasons:
    return judge_terms(group, query, entries)


def _by_entry(group: G, rows: Rows, judge: Callable[[G, Rows], Reasons]) -> Reasons:
    """Reasons of rows, each entry of the group that they use judged once."""
    codes = group.codes.take(rows)
    if len(group) * 4 <= len(rows):
        return judge(group, np.arange(len(group))).take(codes)
    entries = used_entries(codes, len(group))
    reasons = np.zeros(len(group), dtype=np.uint8)
    reasons[entries] = judge(group, entries)
    return reasons.take(codes)


def measure_used(pool: Pool, query: VacancyQuery, codes: npt.NDArray[np.int32]) -> Measured:
    """The distinct `codes` of the calendar group and their facts."""
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
    return Measured(entries, facts)


def used_entries(codes: npt.NDArray[np.int32], size: int) -> Rows:
    """The distinct codes, ascending, of a group of that size."""
    used = np.zeros(size, dtype=np.bool_)
    used[codes] = True
    return np.flatnonzero(used)
