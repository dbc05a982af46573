"""The gates: who can do this work at all, and why not.

Each judge takes people, as columns of their own or as the entries of a group, and returns uint8
reason numbers (0 = passed, otherwise `Code.number`). Where several reasons of a gate hold, the
one listed first in `Code` is reported. `rows` ascend.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.bitmaps import members
from matching.engine.codes import CODES, SOFT, Code, Gate
from matching.engine.groups import PayGroup, TermsGroup
from matching.engine.hours import HoursFacts, measure_hours
from matching.engine.index import CLAIM_BITS, STATED_BITS
from matching.engine.place_table import PlaceTable
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery

Rows = npt.NDArray[np.intp]
Reasons = npt.NDArray[np.uint8]

IS_HARD: Final = np.array([False] + [code not in SOFT for code in CODES])


PayColumns = Pool | PayGroup
TermsColumns = Pool | TermsGroup


def judge_listed(people: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """Agreed to be listed, open to work, able to start on the first day, and willing to be shown to this employer."""
    listing = people.listing[rows]
    late = people.earliest_start_day[rows] > query.start_day
    return _reasons(
        len(rows),
        *_reserved(people, query, rows),
        (Code.STARTS_LATER, late & (listing & spec.JUST_LOOKING == 0)),
        (Code.NOT_AVAILABLE, listing & spec.AVAILABLE == 0),
        (Code.NOT_AGREED, listing & spec.AGREED == 0),
    )


def _reserved(people: Pool, query: VacancyQuery, rows: Rows) -> Iterator[tuple[Code, npt.NDArray[np.bool_]]]:
    reserving = people.index.reserving(query.sector, query.employer)
    if reserving is not None:
        yield Code.RESERVED, members(reserving, rows).view(np.bool_)


def judge_contract_form(people: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """The contract form is one that the person accepts."""
    refused = people.contract_forms[rows] & query.contract_form == 0
    return _reasons(len(rows), (Code.FORM_NOT_ACCEPTED, refused))


def judge_country(people: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """The vacancy hires where the person lives."""
    hireable = places.hireable[people.place_code[rows]]
    return _reasons(len(rows), (Code.NOT_HIREABLE, ~hireable))


def judge_right_to_work(people: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """The right to work lasts to the contract's last day."""
    until = people.right_to_work_until_day[rows]
    return _reasons(
        len(rows),
        (Code.RIGHT_ENDS_EARLY, until < query.end_day),
        (Code.NO_RIGHT_STATED, until == 0),
    )


def judge_language(pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """Every required language is measured at its minimum."""
    needs = [(pool.index.language_status(need.code).take(rows), need.level) for need in query.languages]
    return level_reasons(len(rows), needs, CLAIM_BITS, Code.LANGUAGE_BELOW)


def judge_skills(pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """Every must-have skill is measured at its minimum."""
    needs = [(pool.index.skill_status(need.code).take(rows), need.minimum) for need in query.must_skills]
    return level_reasons(len(rows), needs, STATED_BITS, Code.SKILL_BELOW)


def judge_pay(people: PayColumns, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """The offer stands above the floors of the person's place and reaches their minimum."""
    place = people.place_code[rows]
    return _reasons(
        len(rows),
        (Code.FLOOR_UNKNOWN, places.floor_unknown.take(place)),
        (Code.BELOW_MINIMUM, places.offer_high.take(place) < people.minimum_pay[rows]),
        (Code.BELOW_FLOOR, places.below_floor.take(place)),
    )


def judge_terms(people: TermsColumns, query: VacancyQuery, rows: Rows) -> Reasons:
    """The hours a week lie in the person's own range: the first half of the hours gate."""
    return _reasons(
        len(rows),
        (Code.MORE_HOURS, people.hours_max[rows] < query.hours_week),
        (Code.FEWER_HOURS, people.hours_min[rows] > query.hours_week),
    )


def judge_calendar(facts: HoursFacts) -> Reasons:
    """The calendar allows the work: the second half of the hours gate."""
    return _reasons(
        len(facts.shortfall),
        (Code.OVERLAP, facts.shortfall > 0),
        (Code.MUST_BLOCK, facts.must_shortfall > 0),
    )


def judge_hours(pool: Pool, query: VacancyQuery, rows: Rows) -> tuple[Reasons, HoursFacts]:
    """The hours a week lie in the person's own range, and the calendar allows them."""
    facts = measure_hours(
        query,
        pool.zones,
        pool.zone_code[rows],
        pool.availability_code[rows],
        pool.preferred_code[rows],
        pool.week_masks,
    )
    return first_of(judge_terms(pool, query, rows), judge_calendar(facts)), facts


Judge = Callable[[Any, VacancyQuery, Rows, PlaceTable], Reasons]

JUDGES: Final[dict[Gate, Judge]] = {
    Gate.LISTED: judge_listed,
    Gate.CONTRACT_FORM: judge_contract_form,
    Gate.COUNTRY: judge_country,
    Gate.RIGHT_TO_WORK: judge_right_to_work,
    Gate.LANGUAGE: judge_language,
    Gate.SKILLS: judge_skills,
    Gate.PAY: judge_pay,
}
"""Every gate but the last, hours, which also yields facts for the fits."""


ONE_ROW: Final = np.zeros(1, dtype=np.intp)
"""The rows of a pool of one person."""


def judge_each(
    pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable
) -> tuple[list[dict[Gate, Code]], HoursFacts]:
    """Every gate that each of some people fails, in order, and their hours facts.

    Where the vacancy does not hire nothing is offered, and so nothing is said of pay.
    """
    reasons, hours = judge_hours(pool, query, rows)
    numbers = {gate: judge(pool, query, rows, places).tolist() for gate, judge in JUDGES.items()}
    numbers[Gate.PAY] = [
        number if number and query.terms_for(pool.places[place]) else 0
        for number, place in zip(numbers[Gate.PAY], pool.place_code[rows].tolist(), strict=True)
    ]
    numbers[Gate.HOURS] = reasons.tolist()
    failed = [
        {gate: CODES[of_gate[at] - 1] for gate, of_gate in numbers.items() if of_gate[at]}
        for at in range(len(rows))
    ]
    return failed, hours


def judge_one(person: Pool, query: VacancyQuery, places: PlaceTable) -> tuple[dict[Gate, Code], HoursFacts]:
    """Every gate that the only person of a pool fails, in order, and their hours facts."""
    failed, hours = judge_each(person, query, ONE_ROW, places)
    return failed[0], hours


def first_of(*in_order: Reasons) -> Reasons:
    """The first reason of each person over several judges' findings."""
    first = in_order[0]
    for reasons in in_order[1:]:
        first = np.where(first == 0, reasons, first)
    return first


def level_reasons(
    size: int, needs: Sequence[tuple[npt.NDArray[np.uint8], int]], bits: int, below: Code
) -> Reasons:
    """Reasons from the status bytes and the minimum of each language or skill.

    From the worst: measured below (`below`), not stated, stated below, not measured; these four
    codes follow each other.
    """
    reasons = (np.uint8(below.number + 4) - severity(size, needs, bits)).astype(np.uint8)
    reasons[reasons == below.number + 4] = 0
    return reasons


def severity(size: int, needs: Sequence[tuple[npt.NDArray[np.uint8], int]], bits: int) -> Reasons:
    """uint8 (m,): 0 all met, 1 something not measured, 2 stated below, 3 not stated, 4 measured below."""
    worst = np.zeros(size, dtype=np.uint8)
    for status, minimum in needs:
        unmeasured = (status < (1 << bits)).view(np.uint8)
        below = (status < (minimum << bits)).view(np.uint8) - unmeasured
        stated_below, unstated = (status < minimum).view(np.uint8), (status == 0).view(np.uint8)
        np.maximum(worst, unmeasured + stated_below + unstated + (below << np.uint8(2)), out=worst)
    return worst


def _reasons(size: int, *findings: tuple[Code, npt.NDArray[np.bool_]]) -> Reasons:
    """Later findings win over earlier ones."""
    reasons = np.zeros(size, dtype=np.uint8)
    for code, found in findings:
        np.copyto(reasons, np.uint8(code.number), where=found)
    return reasons
