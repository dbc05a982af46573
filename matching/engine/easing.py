"""The single changes to a vacancy that a what-if bench tries: each requirement eased or dropped.

Pay and countries are not here: what they come to in each place is known where a query is compiled.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from matching.engine.codes import Gate
from matching.engine.columns import EMPLOYMENT, FREELANCE, WEEK_MINUTES
from matching.engine.parts import PartWeights
from matching.engine.query import LanguageNeed, ShiftBlock, SkillNeed, VacancyQuery

SHIFT_MOVED: Final = 120
"""Minutes by which a shift is shortened or moved."""
FEWER_HOURS: Final = 4 * 60
"""Minutes a week by which the hours of one person are lowered."""
TIME_ONLY: Final = PartWeights(time=1)
"""Weights that every query can have. They decide the order of people, not who is eligible."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One change: what kind, the query with it, the gate it is about, and its figures.

    language_easier, language_dropped: {code, level, to}; skill_easier, skill_dropped: {code, minimum, to};
    must_dropped: {start_minute, duration_minutes, weekdays}; shift_shorter, shift_later, shift_earlier: {minutes};
    hours_fewer, shift_shorter: {hours_week, to} in minutes; contract_form: {to}. `to` 0 = not required.
    """

    kind: str
    query: VacancyQuery
    gate: Gate
    details: dict[str, Any] = field(default_factory=dict)


def eased(query: VacancyQuery) -> list[Alternative]:
    """Every single change that eases `query`, in the order of the gates."""
    other = FREELANCE if query.contract_form == EMPLOYMENT else EMPLOYMENT
    return [
        Alternative("contract_form", replace(query, contract_form=other), Gate.CONTRACT_FORM, {"to": other}),
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
            yield Alternative("language_easier", changed, Gate.LANGUAGE, details | {"to": lower.level})
        without = _without(query, languages=(*others[0], *others[1]))
        yield Alternative("language_dropped", without, Gate.LANGUAGE, details | {"to": 0})


def _skills(query: VacancyQuery) -> Iterator[Alternative]:
    for at, need in enumerate(query.must_skills):
        others = query.must_skills[:at], query.must_skills[at + 1 :]
        details = {"code": need.code, "minimum": need.minimum}
        if need.minimum > 1:
            lower = SkillNeed(need.code, need.minimum - 1)
            changed = replace(query, must_skills=(*others[0], lower, *others[1]))
            yield Alternative("skill_easier", changed, Gate.SKILLS, details | {"to": lower.minimum})
        without = _without(query, must_skills=(*others[0], *others[1]))
        yield Alternative("skill_dropped", without, Gate.SKILLS, details | {"to": 0})


def _without(query: VacancyQuery, **requirements: Any) -> VacancyQuery:
    """The query with fewer requirements, even when the one dropped was all that had a weight."""
    return replace(query, weights=TIME_ONLY, **requirements)


def _musts(query: VacancyQuery) -> Iterator[Alternative]:
    """Blocks alike on several days are one requirement."""
    alike: dict[tuple[int, int], list[int]] = {}
    for block in sorted(query.shifts):
        if block.must:
            alike.setdefault((block.start_minute, block.duration_minutes), []).append(block.weekday)
    for (start, duration), weekdays in sorted(alike.items()):
        shifts = tuple(
            replace(b, must=b.must and (b.start_minute, b.duration_minutes) != (start, duration))
            for b in query.shifts
        )
        details = {"start_minute": start, "duration_minutes": duration, "weekdays": weekdays}
        yield Alternative("must_dropped", replace(query, shifts=shifts), Gate.HOURS, details)


def _shifts(query: VacancyQuery) -> Iterator[Alternative]:
    if any(block.duration_minutes > SHIFT_MOVED for block in query.shifts):
        shifts = tuple(_shorter(block) for block in query.shifts)
        hours = min(query.hours_week, _whole_hours(shifts))
        if hours:
            changed = replace(query, shifts=shifts, hours_week=hours)
            yield Alternative(
                "shift_shorter",
                changed,
                Gate.HOURS,
                {"minutes": SHIFT_MOVED, "hours_week": query.hours_week, "to": hours},
            )
    if sum(block.duration_minutes for block in query.shifts) < WEEK_MINUTES:
        for kind, minutes in (("shift_later", SHIFT_MOVED), ("shift_earlier", -SHIFT_MOVED)):
            shifts = tuple(_moved(block, minutes) for block in query.shifts)
            yield Alternative(kind, replace(query, shifts=shifts), Gate.HOURS, {"minutes": SHIFT_MOVED})


def _whole_hours(shifts: tuple[ShiftBlock, ...]) -> int:
    """Minutes of the shift, cut down to whole hours, in which hours a week are stated."""
    return sum(block.duration_minutes for block in shifts) // 60 * 60


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
        yield Alternative("hours_fewer", changed, Gate.HOURS, {"hours_week": query.hours_week, "to": hours})
