"""The gates: who can do this work at all, and why not.

Each judge takes the rows still in question and returns uint8 reason numbers (0 = passed,
otherwise `Code.number`). Where several reasons of a gate hold, the one listed first in `Code`
is reported.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.codes import CODES, SOFT, Code, Gate
from matching.engine.hours import HoursFacts, measure_hours
from matching.engine.place_table import PlaceTable
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.sparse import SparseColumn, dense_values

Rows = npt.NDArray[np.intp]
Reasons = npt.NDArray[np.uint8]

IS_HARD: Final = np.array([False] + [code not in SOFT for code in CODES])


def judge_listed(pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """Agreed to be listed, open to work, and able to start on the first day."""
    listing = pool.listing[rows]
    late = pool.earliest_start_day[rows] > query.start_day
    return _reasons(
        len(rows),
        (Code.STARTS_LATER, late & (listing & spec.JUST_LOOKING == 0)),
        (Code.NOT_AVAILABLE, listing & spec.AVAILABLE == 0),
        (Code.NOT_AGREED, listing & spec.AGREED == 0),
    )


def judge_contract_form(pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """The contract form is one that the person accepts."""
    refused = pool.contract_forms[rows] & query.contract_form == 0
    return _reasons(len(rows), (Code.FORM_NOT_ACCEPTED, refused))


def judge_country(pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """The vacancy hires where the person lives."""
    hireable = places.hireable[pool.place_code[rows]]
    return _reasons(len(rows), (Code.NOT_HIREABLE, ~hireable))


def judge_right_to_work(pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """The right to work lasts to the contract's last day."""
    until = pool.right_to_work_until_day[rows]
    return _reasons(
        len(rows),
        (Code.RIGHT_ENDS_EARLY, until < query.end_day),
        (Code.NO_RIGHT_STATED, until == 0),
    )


def judge_language(pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """Every required language is measured at its minimum."""
    needs = [(pool.languages.get(need.code), need.level) for need in query.languages]
    below, unstated, claimed_below, unmeasured = _levels(
        len(pool), rows, needs, measured="measured_level", stated="claimed_level"
    )
    return _reasons(
        len(rows),
        (Code.LANGUAGE_NOT_MEASURED, unmeasured),
        (Code.LANGUAGE_CLAIMED_BELOW, claimed_below),
        (Code.LANGUAGE_NOT_STATED, unstated),
        (Code.LANGUAGE_BELOW, below),
    )


def judge_skills(pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """Every must-have skill is measured at its minimum."""
    needs = [(pool.skills.get(need.code), need.minimum) for need in query.must_skills]
    below, unstated, stated_below, unmeasured = _levels(
        len(pool), rows, needs, measured="measured", stated="stated"
    )
    return _reasons(
        len(rows),
        (Code.SKILL_NOT_MEASURED, unmeasured),
        (Code.SKILL_STATED_BELOW, stated_below),
        (Code.SKILL_NOT_STATED, unstated),
        (Code.SKILL_BELOW, below),
    )


def judge_pay(pool: Pool, query: VacancyQuery, rows: Rows, places: PlaceTable) -> Reasons:
    """The offer stands above the floors of the person's place and reaches their minimum."""
    place = pool.place_code[rows]
    return _reasons(
        len(rows),
        (Code.FLOOR_UNKNOWN, places.floor_unknown[place]),
        (Code.BELOW_MINIMUM, places.offer_high[place] < pool.minimum_pay[rows]),
        (Code.BELOW_FLOOR, places.below_floor[place]),
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
    reasons = _reasons(
        len(rows),
        (Code.OVERLAP, facts.shortfall > 0),
        (Code.MUST_BLOCK, facts.must_shortfall > 0),
        (Code.MORE_HOURS, pool.hours_max[rows] < query.hours_week),
        (Code.FEWER_HOURS, pool.hours_min[rows] > query.hours_week),
    )
    return reasons, facts


Judge = Callable[[Pool, VacancyQuery, Rows, PlaceTable], Reasons]

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


def _levels(
    size: int, rows: Rows, needs: Sequence[tuple[SparseColumn | None, int]], *, measured: str, stated: str
) -> npt.NDArray[np.bool_]:
    """bool (4, m): measured below a minimum; not measured and not stated, stated below it, not measured at all.

    `needs`: the column of each language or skill with its minimum; `measured`, `stated`: its two levels.
    """
    below, unstated, stated_below, unmeasured = found = np.zeros((4, len(rows)), dtype=np.bool_)
    for column, minimum in needs:
        known = dense_values(column, measured, size)[rows]
        said = dense_values(column, stated, size)[rows]
        open_question = known == 0
        below |= ~open_question & (known < minimum)
        unstated |= open_question & (said == 0)
        stated_below |= open_question & (said > 0) & (said < minimum)
        unmeasured |= open_question
    return found


def _reasons(size: int, *findings: tuple[Code, npt.NDArray[np.bool_]]) -> Reasons:
    """Later findings win over earlier ones."""
    reasons = np.zeros(size, dtype=np.uint8)
    for code, found in findings:
        reasons[found] = code.number
    return reasons
