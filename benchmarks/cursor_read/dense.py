"""The pool's dense columns: one value a person, from the candidate's row alone."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from candidates.enums import WorkRight
from common.week import EMPTY_WEEK
from matching.engine import columns as spec
from matching.rules.wishes import wish_factor, wishes_eur_hour
from reference.rules.rates import RateTable
from reference.work_style import vector

EPOCH = date(1970, 1, 1).toordinal()
UNANSWERED = (-1,) * spec.WORK_STYLE_SCALES

FACTS = (
    "pk", "listed", "just_looking", "earliest_start", "accepts_employment", "accepts_freelance", "country_id",
    "region_id", "work_right", "permit_until", "hours_min", "hours_max", "availability", "preferred", "zone",
    "minimum_pay", "wished_pay", "pay_currency", "pay_period", "contract_months", "work_style",
)  # fmt: skip


@dataclass(slots=True)
class Dictionary:
    """Values seen, each with its code in the order of first appearance."""

    codes: dict[Any, int] = field(default_factory=dict)

    def code(self, value: Any) -> int:
        """The code of a value, given on first sight."""
        return self.codes.setdefault(value, len(self.codes))


def day(moment: date | None) -> int:
    """Days since 1970-01-01, 0 for none; a day past all calendars counts as the last that the engine knows."""
    return min(max(moment.toordinal() - EPOCH, 0), spec.MAX_DAY) if moment else 0


def dense_columns(
    rows: list[tuple[Any, ...]], rates: RateTable, places: Dictionary, zones: Dictionary, weeks: Dictionary
) -> dict[str, npt.NDArray[Any]]:
    """Every column of `columns.DENSE` but `experience_months`, from rows of FACTS; fills the dictionaries."""
    facts = dict(zip(FACTS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(FACTS, ())
    pay = partial(_pay, facts, rates)
    return {
        "candidate_id": np.array(facts["pk"], dtype=np.int64),
        "listing": _listing(facts),
        "earliest_start_day": np.array([day(start) for start in facts["earliest_start"]], dtype=np.int32),
        "contract_forms": np.array(facts["accepts_employment"], dtype=np.uint8) * spec.EMPLOYMENT
        + np.array(facts["accepts_freelance"], dtype=np.uint8) * spec.FREELANCE,
        "place_code": _codes(
            places, ((country, region or "") for country, region in _pairs(facts, "country_id", "region_id"))
        ),
        "right_to_work_until_day": np.array(
            [_right(right, until) for right, until in _pairs(facts, "work_right", "permit_until")], dtype=np.int64
        ),
        "hours_min": _minutes(facts["hours_min"], 0),
        "hours_max": _minutes(facts["hours_max"], spec.WEEK_MINUTES // 60),
        "availability_code": _codes(weeks, map(bytes, facts["availability"])),
        "preferred_code": np.array(
            [-1 if mask == EMPTY_WEEK else weeks.code(mask) for mask in map(bytes, facts["preferred"])], dtype=np.int64
        ),
        "zone_code": _codes(zones, facts["zone"]),
        "minimum_pay": pay("minimum_pay"),
        "wished_pay": pay("wished_pay"),
        "wished_months": np.array([min(months or 0, spec.MAX_MONTHS) for months in facts["contract_months"]], dtype=np.int64),
        "work_style": np.array(
            [vector(answers) if answers else UNANSWERED for answers in facts["work_style"]], dtype=np.int8
        ).reshape(-1, spec.WORK_STYLE_SCALES),
    }  # fmt: skip


def _pairs(facts: dict[str, Any], first: str, second: str) -> "zip[tuple[Any, Any]]":
    return zip(facts[first], facts[second], strict=True)


def _codes(dictionary: Dictionary, values: Any) -> npt.NDArray[np.int64]:
    return np.array([dictionary.code(value) for value in values], dtype=np.int64)


def _listing(facts: dict[str, Any]) -> npt.NDArray[np.uint8]:
    agreed = np.array(facts["listed"], dtype=np.uint8) * spec.AGREED
    looking = np.array(
        [
            just_looking and start is None
            for just_looking, start in _pairs(facts, "just_looking", "earliest_start")
        ],
        dtype=np.uint8,
    )
    return agreed + spec.AVAILABLE + looking * spec.JUST_LOOKING


def _right(right: str, until: date | None) -> int:
    if right == WorkRight.UNRESTRICTED:
        return spec.UNRESTRICTED
    return day(until) if right == WorkRight.PERMIT else 0


def _minutes(hours: Any, missing: int) -> npt.NDArray[np.int64]:
    minutes = [60 * (missing if each is None else each) for each in hours]
    return np.minimum(np.array(minutes, dtype=np.int64), spec.WEEK_MINUTES)


def _pay(facts: dict[str, Any], rates: RateTable, name: str) -> npt.NDArray[np.int64]:
    known: dict[Any, int] = {}
    values = []
    for row in zip(facts[name], facts["pay_currency"], facts["pay_period"], facts["hours_max"], strict=True):
        if row not in known:
            amount, currency, period, hours = row
            stated = amount and currency
            factor = wish_factor(currency, period, hours, rates) if stated else 0
            known[row] = wishes_eur_hour([int(amount * 100)], factor)[0] if factor else 0
        values.append(known[row])
    return np.array(values, dtype=np.int64)
