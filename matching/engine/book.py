"""The reverse direction: a few people against many vacancies at once.

A `QueryBook` lays the requirements of many vacancies side by side, one array a requirement, so
that each person is held against all of them in a few steps. The calendar is only looked at for
vacancies at which somebody passes every other gate.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.codes import Code
from matching.engine.fits import PART_FITS, commitment_of
from matching.engine.fits.pay import PlaceValues, pay_fit, place_values
from matching.engine.fits.time import time_fit
from matching.engine.gates import IS_HARD, first_of, judge_calendar
from matching.engine.index import CLAIM_BITS, STATED_BITS
from matching.engine.kind_weeks import KindWeeks
from matching.engine.kinds import KINDS, MOST_KINDS, Kinds
from matching.engine.parts import PARTS, Part, PartWeights
from matching.engine.place_table import PlaceTable, terms_table
from matching.engine.pool import Pool
from matching.engine.query import Place, VacancyQuery
from matching.engine.scale import SCALE, Ints, apportion
from matching.engine.score import harmonic
from matching.engine.sparse import SparseColumn
from matching.engine.weights import CANDIDATE_WEIGHTS

Reasons = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.intp]
Levels = dict[str, npt.NDArray[np.int8]]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, eq=False)
class Prospects:
    """One person at the vacancies of a book, those at which they are not lost for good.

    vacancies: intp (s,), ascending positions among the book's queries. first_reasons: uint8 (s,),
    0 = eligible, otherwise the open question counted. scores: int64 (s,), 0 unless eligible.
    all_reasons: uint8 (v,), the reason counted at every vacancy of the book, 0 = eligible.
    """

    vacancies: Rows
    first_reasons: Reasons
    scores: Ints
    all_reasons: Reasons


@dataclass(frozen=True, slots=True, eq=False)
class PlaceColumns:
    """What the vacancies offer in one place, one entry a vacancy."""

    terms: PlaceTable
    pay: PlaceValues


_AT: Final = {part: position for position, part in enumerate(PARTS)}
_ONE_ROW: Final = np.zeros(1, dtype=np.intp)


class QueryBook:
    """Many vacancies, laid out for judging people at all of them. Immutable.

    `before`: a book with the same weights, from which the layout of the very same queries is taken over.
    """

    def __init__(
        self,
        queries: Sequence[VacancyQuery],
        weights: PartWeights = CANDIDATE_WEIGHTS,
        before: "QueryBook | None" = None,
    ) -> None:
        self.queries = tuple(queries)
        self.weights = weights
        if before and len(before._kinds[Part.TIME].first) > MOST_KINDS:
            before = None
        self._source = _sources(self.queries, before)
        self._new = np.flatnonzero(self._source < 0).tolist()
        self._start = np.array([query.start_day for query in self.queries], dtype=np.int32)
        self._end = np.array([query.end_day for query in self.queries], dtype=np.int32)
        self._form = np.array([query.contract_form for query in self.queries], dtype=np.uint8)
        self._hours = np.array([query.hours_week for query in self.queries], dtype=np.int32)
        self._employer_of = np.array([query.employer for query in self.queries], dtype=np.int64)
        self._sector_of = np.array([query.sector for query in self.queries], dtype=np.str_)
        self._languages: Levels = {}
        self._skills: Levels = {}
        for number, query in enumerate(self.queries):
            for language in query.languages:
                self._column(self._languages, language.code)[number] = language.level
            for skill in query.must_skills:
                self._column(self._skills, skill.code)[number] = skill.minimum
        self._employer: Ints = self._weights(
            lambda query: query.weights, before._employer if before else None
        )
        self._candidate: Ints = self._weights(lambda _query: weights, before._candidate if before else None)
        new = [self.queries[number] for number in self._new]
        self._kinds: dict[Part, Kinds] = before._kinds if before else {part: Kinds() for part in KINDS}
        self._codes: dict[Part, npt.NDArray[np.int32]] = {
            part: self._laid_over(before._codes[part] if before else None, kinds.codes_of(part, new))
            for part, kinds in self._kinds.items()
        }
        self._weeks: KindWeeks = KindWeeks(self._kinds[Part.TIME].first, before._weeks if before else None)
        self._places: dict[Place, PlaceColumns] = {}
        for place, columns in before._places.items() if before else ():
            self._places[place] = self._place_columns(place, columns)

    def _weights(self, of: Callable[[VacancyQuery], PartWeights], before: Ints | None) -> Ints:
        """int64 (v, 7), each row adding up to 10**7."""
        new = [apportion(query.effective(of(query))) for query in map(self.queries.__getitem__, self._new)]
        return self._laid_over(before, np.array(new, dtype=np.int64).reshape(-1, len(PARTS)))

    def _laid_over(self, before: npt.NDArray[Any] | None, new: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Rows of the book before where the query stood there, else the new ones, in order."""
        if before is None or not len(before):
            return new
        rows = before.take(np.maximum(self._source, 0), axis=0)
        rows[self._new] = new
        return rows

    def __len__(self) -> int:
        return len(self.queries)

    def first_reasons(self, pool: Pool, row: int) -> tuple[Reasons, npt.NDArray[np.bool_]]:
        """uint8 (v,), the first reason of one person at each vacancy, and who is not lost yet.

        Every gate but the calendar, in order; somebody who only lacks a measurement or a
        confirmed floor goes on, and keeps that reason.
        """
        first = np.zeros(len(self), dtype=np.uint8)
        alive = np.ones(len(self), dtype=np.bool_)
        for reasons in (
            *self._profile(pool, row),
            self._levels(self._languages, _status(pool, "languages", row), CLAIM_BITS, Code.LANGUAGE_BELOW),
            self._levels(self._skills, _status(pool, "skills", row), STATED_BITS, Code.SKILL_BELOW),
            self._pay(pool, row),
            self._terms(pool, row),
        ):
            np.copyto(first, reasons, where=alive & (first == 0))
            alive &= ~IS_HARD.take(reasons)
        return first, alive

    def judge(self, pool: Pool, row: int) -> Prospects:
        """Where one person is eligible or a near miss, with the total scores."""
        first, alive = self.first_reasons(pool, row)
        person = pool.take([row])
        held = np.flatnonzero(alive)
        calendar, time = self._calendar(person, self._codes[Part.TIME][held])
        np.copyto(first, self._spread(held, calendar), where=first == 0)
        vacancies = held[calendar == 0]
        reasons = first[vacancies]
        scores = np.zeros(len(vacancies), dtype=np.int64)
        eligible = np.flatnonzero(reasons == 0)
        if len(eligible):
            scores[eligible] = self._scores(person, vacancies[eligible], time[calendar == 0][eligible])
        return Prospects(vacancies, reasons, scores, first)

    def _spread(self, vacancies: Rows, reasons: Reasons) -> Reasons:
        found = np.zeros(len(self), dtype=np.uint8)
        found[vacancies] = reasons
        return found

    def _each_kind(
        self, part: Part, vacancies: Rows, judge: Callable[[VacancyQuery], Found]
    ) -> tuple[list[Found], Rows]:
        """What is found for each kind among the vacancies, judged once, and which of them each vacancy has."""
        kinds = self._kinds[part]
        codes, which = np.unique(self._codes[part][vacancies], return_inverse=True)
        return [judge(kinds.first[code]) for code in codes.tolist()], which

    def _calendar(self, person: Pool, codes: npt.NDArray[np.int32]) -> tuple[Reasons, Ints]:
        """The calendar's reason and the time fit at vacancies of those kinds."""
        facts = self._weeks.measure(person, codes)
        return judge_calendar(facts), time_fit(facts.worked, facts.preferred, facts.night)

    def _scores(self, person: Pool, vacancies: Rows, time: Ints) -> Ints:
        """Totals of one person at vacancies where they pass every gate. What is not asked weighs nothing, whatever
        its fit; where nothing of a part is asked, there is none to compute."""
        fits = np.zeros((len(vacancies), len(PARTS)), dtype=np.int64)
        judges: dict[Part, Callable[[VacancyQuery], int]] = {
            part: partial(_fit_of, part, person) for part in PART_FITS
        }
        judges[Part.COMMITMENT] = lambda query: int(commitment_of(person, query)[0])
        for part, judge in judges.items():
            found, which = self._each_kind(part, vacancies, judge)
            fits[:, _AT[part]] = np.array(found, dtype=np.int64)[which]
        fits[:, _AT[Part.TIME]] = time
        fits[:, _AT[Part.PAY]] = pay_fit(self._at(_place(person, 0)).pay, vacancies, person.wished_pay)
        employer = (fits * self._employer[vacancies] // SCALE).sum(axis=1)
        candidate = (fits * self._candidate[vacancies] // SCALE).sum(axis=1)
        return harmonic(employer, candidate)

    def _column(self, columns: Levels, code: str) -> npt.NDArray[np.int8]:
        if code not in columns:
            columns[code] = np.zeros(len(self), dtype=np.int8)
        return columns[code]

    def _at(self, place: Place) -> PlaceColumns:
        if place not in self._places:
            self._places[place] = self._place_columns(place, None)
        return self._places[place]

    def _place_columns(self, place: Place, before: PlaceColumns | None) -> PlaceColumns:
        """`before`: those of the book before; all are new where there are none."""
        new = self._new if before else range(len(self))
        table = terms_table([self.queries[number].terms_for(place) for number in new])
        if before:
            names = [column.name for column in fields(PlaceTable)]
            table = PlaceTable(
                *(self._laid_over(getattr(before.terms, name), getattr(table, name)) for name in names)
            )
        values = (table.offer_low, table.offer_high, table.floor, table.market_low, table.market_high)
        return PlaceColumns(table, place_values(*values))

    def _profile(self, pool: Pool, row: int) -> Iterator[Reasons]:
        listing = int(pool.listing[row])
        late = (int(pool.earliest_start_day[row]) > self._start) & (listing & spec.JUST_LOOKING == 0)
        yield first_of(
            self._all(Code.NOT_AGREED, not listing & spec.AGREED),
            self._all(Code.NOT_AVAILABLE, not listing & spec.AVAILABLE),
            _where(Code.STARTS_LATER, late),
            _where(Code.RESERVED, self._reserved(pool, row)),
        )
        yield _where(Code.FORM_NOT_ACCEPTED, self._form & pool.contract_forms[row] == 0)
        yield _where(Code.NOT_HIREABLE, ~self._at(_place(pool, row)).terms.hireable)
        until = int(pool.right_to_work_until_day[row])
        yield first_of(
            self._all(Code.NO_RIGHT_STATED, until == 0), _where(Code.RIGHT_ENDS_EARLY, until < self._end)
        )

    def _reserved(self, pool: Pool, row: int) -> npt.NDArray[np.bool_]:
        """bool (v,): at which vacancies one person asked not to be shown."""
        found = np.zeros(len(self), dtype=np.bool_)
        for sector, _at in _entries(pool.reserved_sectors, row):
            found |= self._sector_of == sector
        for number, at in _entries(pool.reserved_employers, row):
            found |= self._employer_of == pool.reserved_employers[number].employer[at]
        return found

    def _levels(self, columns: Levels, status: dict[str, int], bits: int, below: Code) -> Reasons:
        """As `gates.level_reasons`, with one person's status and each vacancy's minimum (0 = not asked)."""
        worst = np.zeros(len(self), dtype=np.uint8)
        for code, minimum in columns.items():
            measured, said = divmod(status.get(code, 0), 1 << bits)
            if measured:
                found = (minimum > measured).view(np.uint8) * np.uint8(4)
            else:
                asked, more = (minimum > 0).view(np.uint8), (minimum > said).view(np.uint8)
                found = asked + more + asked * np.uint8(said == 0)
            np.maximum(worst, found, out=worst)
        reasons = np.uint8(below.number + 4) - worst
        return np.where(worst > 0, reasons, 0).astype(np.uint8)

    def _pay(self, pool: Pool, row: int) -> Reasons:
        at = self._at(_place(pool, row)).terms
        return first_of(
            _where(Code.BELOW_FLOOR, at.below_floor),
            _where(Code.BELOW_MINIMUM, at.offer_high < pool.minimum_pay[row]),
            _where(Code.FLOOR_UNKNOWN, at.floor_unknown),
        )

    def _terms(self, pool: Pool, row: int) -> Reasons:
        return first_of(
            _where(Code.FEWER_HOURS, int(pool.hours_min[row]) > self._hours),
            _where(Code.MORE_HOURS, int(pool.hours_max[row]) < self._hours),
        )

    def _all(self, code: Code, found: bool) -> Reasons:
        return np.full(len(self), code.number if found else 0, dtype=np.uint8)


def _sources(queries: tuple[VacancyQuery, ...], before: QueryBook | None) -> Rows:
    """intp (v,): where the very same query stood in the book before, -1 for a new one."""
    known = {id(query): at for at, query in enumerate(before.queries)} if before else {}
    return np.array([known.get(id(query), -1) for query in queries], dtype=np.intp)


def _fit_of(part: Part, person: Pool, query: VacancyQuery) -> int:
    return int(PART_FITS[part](person, query, _ONE_ROW)[0]) if part in query.asked_parts else 0


def _where(code: Code, found: npt.NDArray[np.bool_]) -> Reasons:
    return found.view(np.uint8) * np.uint8(code.number)


def _place(pool: Pool, row: int) -> Place:
    return pool.places[int(pool.place_code[row])]


def _status(pool: Pool, family: str, row: int) -> dict[str, int]:
    """Status bytes of one person by language or skill, where there is anything."""
    found, columns = {}, getattr(pool, family)
    for code, at in _entries(columns, row):
        column = columns[code]
        if family == "languages":
            found[code] = int(column.measured_level[at]) << CLAIM_BITS | int(column.claimed_level[at])
        else:
            found[code] = int(column.measured[at]) << STATED_BITS | int(column.stated[at])
    return found


def _entries(columns: Mapping[str, SparseColumn], row: int) -> Iterator[tuple[str, int]]:
    """The codes under which one person has something, and where it stands there."""
    for code, column in columns.items():
        at = int(np.searchsorted(column.rows, np.int32(row)))
        if at < len(column.rows) and int(column.rows[at]) == row:
            yield code, at
