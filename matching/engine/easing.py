"""The single changes to a vacancy that a what-if bench tries: each requirement eased or dropped.

Pay and countries are not here: what they come to in each place is known where a query is compiled.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from matching.engine.columns import EMPLOYMENT, FREELANCE, WEEK_MINUTES
from matching.engine.parts import PartWeights
from matching.engine.query import LanguageNeed, ShiftBlock, SkillNeed, VacancyQuery

SHIFT_MOVED: Final = 120
"""Minutes by which a shift is shortened or moved."""
FEWER_HOURS: Final = 4 * 60
"""Minutes a week by which the hours of one person are lowered."""
_TIME_ONLY: Final = PartWeights(time=1)
"""Weights that every query can have. They decide the order of people, not who is eligible."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One change: what kind, its figures, and the query with it.

    language_easier, language_dropped: {code, level, to}; skill_easier, skill_dropped: {code, minimum, to};
    must_dropped: {start_minute, duration_minutes, weekdays}; shift_shorter, hours_fewer: {hours_week, minutes};
    shift_later, shift_earlier: {minutes}; contract_form: {to}. `to` 0 stands for not required.
    """

    kind: str
    query: VacancyQuery
    details: dict[str, Any] = field(default_factory=dict)


def eased(query: VacancyQuery) -> list[Alternative]:
    """Every single change that eases `query`, in the order of the gates."""
    other = FREELANCE if query.contract_form == EMPLOYMENT else EMPLOYMENT
    return [
        Alternative("contract_form", replace(query, contract_form=other), {"to": other}),
        *_languages(query),
        *_skills(query),
        *_musts(query),
        *_shifts(query),
        *_hours(query),
    ]


def _languages(query: VacancyQuery) -> Iterator[Alternative]:
    for at, need in enumerate(query.languages):
        others = query.languages[:at], query.languages[at + 1 :]
        details = {"code": need.code, "level": need.level}
        if need.level > 1:
            lower = LanguageNeed(need.code, need.level - 1, need.weight)
            changed = replace(query, languages=(*others[0], lower, *others[1]))
            yield Alternative("language_easier", changed, details | {"to": lower.level})
        without = _without(query, languages=(*others[0], *others[1]))
        yield Alternative("language_dropped", without, details | {"to": 0})


def _skills(query: VacancyQuery) -> Iterator[Alternative]:
    for at, need in enumerate(query.must_skills):
        others = query.must_skills[:at], query.must_skills[at + 1 :]
        details = {"code": need.code, "minimum": need.minimum}
        if need.minimum > 1:
            lower = SkillNeed(need.code, need.minimum - 1)
            changed = replace(query, must_skills=(*others[0], lower, *others[1]))
            yield Alternative("skill_easier", changed, details | {"to": lower.minimum})
        without = _without(query, must_skills=(*others[0], *others[1]))
        yield Alternative("skill_dropped", without, details | {"to": 0})


def _without(query: VacancyQuery, **requirements: Any) -> VacancyQuery:
    """The query with fewer requirements, even when the one dropped was all that had a weight."""
    return replace(query, weights=_TIME_ONLY, **requirements)


def _musts(query: VacancyQuery) -> Iterator[Alternative]:
    """Blocks alike on several days are one requirement."""
    alike = sorted({(block.start_minute, block.duration_minutes) for block in query.shifts if block.must})
    for start, duration in alike:
        days = [
            b.weekday
            for b in query.shifts
            if b.must and (b.start_minute, b.duration_minutes) == (start, duration)
        ]
        shifts = tuple(
            replace(block, must=False)
            if (block.start_minute, block.duration_minutes) == (start, duration)
            else block
            for block in query.shifts
        )
        details = {"start_minute": start, "duration_minutes": duration, "weekdays": sorted(days)}
        yield Alternative("must_dropped", replace(query, shifts=shifts), details)


def _shifts(query: VacancyQuery) -> Iterator[Alternative]:
    if any(block.duration_minutes > SHIFT_MOVED for block in query.shifts):
        shifts = tuple(_shorter(block) for block in query.shifts)
        hours = min(query.hours_week, sum(block.duration_minutes for block in shifts))
        changed = replace(query, shifts=shifts, hours_week=hours)
        yield Alternative("shift_shorter", changed, {"minutes": SHIFT_MOVED, "hours_week": hours})
    if sum(block.duration_minutes for block in query.shifts) < WEEK_MINUTES:
        for kind, minutes in (("shift_later", SHIFT_MOVED), ("shift_earlier", -SHIFT_MOVED)):
            shifts = tuple(_moved(block, minutes) for block in query.shifts)
            yield Alternative(kind, replace(query, shifts=shifts), {"minutes": SHIFT_MOVED})


def _shorter(block: ShiftBlock) -> ShiftBlock:
    if block.duration_minutes <= SHIFT_MOVED:
        return block
    return replace(block, duration_minutes=block.duration_minutes - SHIFT_MOVED)


def _moved(block: ShiftBlock, minutes: int) -> ShiftBlock:
    start = (block.weekday * 1440 + block.start_minute + minutes) % WEEK_MINUTES
    return replace(block, weekday=start // 1440, start_minute=start % 1440)


def _hours(query: VacancyQuery) -> Iterator[Alternative]:
    if query.hours_week > FEWER_HOURS:
        hours = query.hours_week - FEWER_HOURS
        changed = replace(query, hours_week=hours)
        yield Alternative("hours_fewer", changed, {"minutes": FEWER_HOURS, "hours_week": hours})
