"""The reverse direction: a few people against many vacancies at once.

A `QueryBook` lays the requirements of many vacancies side by side, one array a requirement, so
that each person is held against all of them in a few steps. Only vacancies at which somebody
passes every gate but the calendar are looked at one by one, with the same functions that rank.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.codes import Code
from matching.engine.fits import PART_FITS, commitment_of
from matching.engine.fits.pay import PlaceValues, pay_fit, place_values
from matching.engine.fits.time import time_fit
from matching.engine.gates import IS_HARD, first_of, judge_calendar
from matching.engine.hours import HoursFacts, measure_hours
from matching.engine.index import CLAIM_BITS, STATED_BITS
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


@dataclass(frozen=True, slots=True, eq=False)
class Prospects:
    """One person at the vacancies of a book, those at which they are not lost for good.

    vacancies: intp (s,), ascending positions among the book's queries. first_reasons: uint8 (s,),
    0 = eligible, otherwise the open question counted. scores: int64 (s,), 0 unless eligible.
    """

    vacancies: Rows
    first_reasons: Reasons
    scores: Ints


@dataclass(frozen=True, slots=True, eq=False)
class PlaceColumns:
    """What the vacancies offer in one place, one entry a vacancy."""

    terms: PlaceTable
    pay: PlaceValues


_AT: Final = {part: position for position, part in enumerate(PARTS)}
_ONE_ROW: Final = np.zeros(1, dtype=np.intp)


class QueryBook:
    """Many vacancies, laid out for judging people at all of them. Immutable."""

    def __init__(self, queries: Sequence[VacancyQuery], weights: PartWeights = CANDIDATE_WEIGHTS) -> None:
        self.queries = tuple(queries)
        self.weights = weights
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
        self._employer = self._weights([query.effective(query.weights) for query in self.queries])
        self._candidate = self._weights([query.effective(weights) for query in self.queries])
        self._places: dict[Place, PlaceColumns] = {}

    def _weights(self, effective: list[tuple[int, ...]]) -> Ints:
        """int64 (v, 7), each row adding up to 10**7."""
        return np.array([apportion(one) for one in effective], dtype=np.int64).reshape(-1, len(PARTS))

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
        hours = [self._hours_of(person, vacancy) for vacancy in held.tolist()]
        stays = [number for number, one in enumerate(hours) if not judge_calendar(one)[0]]
        vacancies = held[stays]
        reasons = first[vacancies]
        scores = np.zeros(len(vacancies), dtype=np.int64)
        eligible = np.flatnonzero(reasons == 0)
        if len(eligible):
            chosen = [hours[stays[number]] for number in eligible.tolist()]
            scores[eligible] = self._scores(person, vacancies[eligible], chosen)
        return Prospects(vacancies, reasons, scores)

    def _hours_of(self, person: Pool, vacancy: int) -> HoursFacts:
        return measure_hours(
            self.queries[vacancy],
            person.zones,
            person.zone_code,
            person.availability_code,
            person.preferred_code,
            person.week_masks,
        )

    def _scores(self, person: Pool, vacancies: Rows, hours: list[HoursFacts]) -> Ints:
        """Totals of one person at vacancies where they pass every gate."""
        fits = np.zeros((len(vacancies), len(PARTS)), dtype=np.int64)
        pay = pay_fit(self._at(_place(person, 0)).pay, vacancies, person.wished_pay)
        for number, (vacancy, facts) in enumerate(zip(vacancies.tolist(), hours, strict=True)):
            query = self.queries[vacancy]
            asked = query.asked_parts
            for part, fit_of in PART_FITS.items():
                if part in asked:
                    fits[number, _AT[part]] = fit_of(person, query, _ONE_ROW)[0]
            fits[number, _AT[Part.TIME]] = time_fit(facts.worked, facts.preferred, facts.night)[0]
            fits[number, _AT[Part.COMMITMENT]] = commitment_of(person, query)[0]
        fits[:, _AT[Part.PAY]] = pay
        employer = (fits * self._employer[vacancies] // SCALE).sum(axis=1)
        candidate = (fits * self._candidate[vacancies] // SCALE).sum(axis=1)
        return harmonic(employer, candidate)

    def _column(self, columns: Levels, code: str) -> npt.NDArray[np.int8]:
        if code not in columns:
            columns[code] = np.zeros(len(self), dtype=np.int8)
        return columns[code]

    def _at(self, place: Place) -> PlaceColumns:
        if place not in self._places:
            table = terms_table([query.terms_for(place) for query in self.queries])
            pay = place_values(
                table.offer_low, table.offer_high, table.floor, table.market_low, table.market_high
            )
            self._places[place] = PlaceColumns(table, pay)
        return self._places[place]

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
