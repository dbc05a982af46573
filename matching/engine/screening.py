"""Running all gates over a pool: who is eligible, who is a near miss, and the waterfall.

The gates before pay are answered with sets of people (`index.py`), reason by reason for everybody
at once; the later ones are looked up by the combinations of columns that the people left over
have (`verdicts.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.bitmaps import Bitmap, count, flags, members, rows_in
from matching.engine.blocks import in_blocks
from matching.engine.codes import CODES, GATES, SOFT, Code, Gate
from matching.engine.gates import Reasons
from matching.engine.index import Lacking
from matching.engine.parts import Part
from matching.engine.place_table import PlaceTable, place_table
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.scale import Ints
from matching.engine.verdicts import PASSED, GroupVerdicts, verdicts_for

Rows = npt.NDArray[np.intp]

COUNTED: Final = np.uint8(1)
"""Stands for the reason of whoever is counted already and not judged any more."""
_MANY: Final = 3
"""From one in so many on it is quicker to look at all people than to pick some out."""

LANGUAGE_CODES: Final = (
    Code.LANGUAGE_BELOW,
    Code.LANGUAGE_NOT_STATED,
    Code.LANGUAGE_CLAIMED_BELOW,
    Code.LANGUAGE_NOT_MEASURED,
)
LATE_CODES: Final = tuple(code for code in CODES if code.gate in {Gate.PAY, Gate.HOURS})
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
    near miss. waterfall: counts of all rows. verdicts: what the later gates went by. early: who
    fails for which reason before pay, in order. late: rows that got further (None = all were
    looked at), and the first reason of each, as `_judge_late` gives it.
    """

    size: int
    eligible: Rows
    near_misses: Rows
    near_reasons: Reasons
    waterfall: Waterfall
    verdicts: GroupVerdicts
    early: tuple[tuple[Code, Bitmap], ...]
    late: tuple[Rows | None, Reasons]

    @cached_property
    def first_reasons(self) -> Reasons:
        """uint8 (n,), number of the first reason of each row, 0 = eligible."""
        rows, reasons = self.late
        found = np.where(reasons == PASSED, np.uint8(0), reasons)
        first = np.zeros(self.size, dtype=np.uint8) if rows is not None else found
        if rows is not None:
            first[rows] = found
        for code, failing in reversed(self.early):
            np.copyto(first, np.uint8(code.number), where=flags(failing, self.size))
        return first

    def group_fits(self, pool: Pool, rows: Rows) -> dict[Part, Ints]:
        """The parts that groups of columns decide, of eligible rows of the pool screened."""
        return self.verdicts.fits(pool, rows)


class _Sieve:
    """The gates before pay: who is still judged, who has no reason yet, and the counts."""

    def __init__(self, everybody: Bitmap) -> None:
        self.everybody = self.alive = self.without_reason = everybody
        self.early: list[tuple[Code, Bitmap]] = []
        self.counts = dict.fromkeys(CODES, 0)
        self._first = np.empty_like(everybody)

    @cached_property
    def stopped(self) -> Bitmap:
        """Who failed for a reason that is not open."""
        return ~self.alive

    def rows(self) -> Rows | None:
        """Whoever is still judged; None where they are so many that all may as well be looked at."""
        left, size = count(self.alive), count(self.everybody)
        return rows_in(self.alive, size) if left * _MANY < size else None

    def note(self, code: Code, failing: Bitmap) -> None:
        """Whoever is still judged and fails for `code`; counted unless an earlier reason was."""
        nobody_is_open = self.alive is self.without_reason
        first = np.bitwise_and(failing, self.without_reason, out=self._first)
        found = count(first)
        if found:
            self.counts[code] += found
            self.early.append((code, failing))
            self.without_reason = self.without_reason ^ first
        if code in SOFT:
            return
        self.alive = self.without_reason if nobody_is_open else self.alive & ~failing

    def reasons(self, who: Rows | slice) -> Reasons:
        """uint8, number of the first open question of each, PASSED where there is none, COUNTED of
        whoever is not judged any more."""
        first = PASSED - members(self.stopped, who) * np.uint8(PASSED - COUNTED)
        for code, failing in self.early:
            if code in SOFT:
                found = members(failing, who) * np.uint8(PASSED - code.number)
                np.minimum(first, PASSED - found, out=first)
        return first


def screen(pool: Pool, query: VacancyQuery, *, threads: int = 1) -> Screening:
    """Judge every row at every gate until it fails one for a reason that is not open.

    Somebody who so far only lacks a measurement or a confirmed floor is judged to the end, so
    that near misses are known; they are still counted at the first gate failed.
    """
    places, sieve = place_table(query, pool.places), _Sieve(pool.index.everybody())
    for code, failing in failing_at_once(pool, query, places):
        sieve.note(code, failing)
    verdicts = verdicts_for(pool, query, places)
    rows = sieve.rows()
    first, stays = _judge_late(pool, verdicts, sieve, rows, threads)
    for code in LATE_CODES:
        sieve.counts[code] = int(np.count_nonzero(first == code.number))
    eligible, near = np.flatnonzero(first == PASSED), np.flatnonzero(stays & (first < PASSED))
    return Screening(
        size=len(pool),
        eligible=eligible if rows is None else rows.take(eligible),
        near_misses=near if rows is None else rows.take(near),
        near_reasons=first.take(near),
        waterfall=Waterfall(len(pool), tuple(sieve.counts.values())),
        verdicts=verdicts,
        early=tuple(sieve.early),
        late=(rows, first),
    )


def _judge_late(
    pool: Pool, verdicts: GroupVerdicts, sieve: _Sieve, rows: Rows | None, threads: int
) -> tuple[Reasons, npt.NDArray[np.bool_]]:
    """Of the rows (None = all): the first reason at all gates, COUNTED for whoever failed before pay
    for one that is not open; and who has none but open ones."""
    groups, size = pool.groups, len(pool) if rows is None else len(rows)
    first = np.empty(size, dtype=np.uint8)
    stays = np.empty(size, dtype=np.bool_)
    for table in verdicts:
        if size > len(table.reasons):
            table.judge_all()

    def judge(start: int, stop: int) -> None:
        who = slice(start, stop) if rows is None else rows[start:stop]
        early = sieve.reasons(who)
        pay, terms, calendar = (
            table.reasons_of(group.codes[who] if isinstance(who, slice) else group.codes.take(who))
            for table, group in zip(verdicts, (groups.pay, groups.terms, groups.calendar), strict=True)
        )
        hard = np.where(pay == Code.FLOOR_UNKNOWN.number, PASSED, pay)
        others = np.minimum(terms, calendar)
        np.minimum(early, np.minimum(pay, others), out=first[start:stop])
        np.equal(np.minimum(hard, others), PASSED, out=stays[start:stop])
        stays[start:stop] &= early > COUNTED

    in_blocks(judge, size, threads)
    return first, stays


def failing_at_once(pool: Pool, query: VacancyQuery, places: PlaceTable) -> Iterator[tuple[Code, Bitmap]]:
    """Who fails the gates before pay, in the order of the codes; the index knows them as sets."""
    index = pool.index
    yield Code.NOT_AGREED, index.without(spec.AGREED)
    yield Code.NOT_AVAILABLE, index.without(spec.AVAILABLE)
    yield Code.STARTS_LATER, index.starting_after(query.start_day)
    reserving = index.reserving(query.sector, query.employer)
    if reserving is not None:
        yield Code.RESERVED, reserving
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
