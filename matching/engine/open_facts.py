"""What a near miss lacks: the facts that are not measured or not confirmed yet, one by one."""

from typing import Final, NamedTuple

from matching.engine.gate_facts import place_of, value_of
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery

LANGUAGE: Final = "language"
SKILL: Final = "skill"
FLOOR: Final = "floor"


class OpenFact(NamedTuple):
    """kind: LANGUAGE, SKILL or FLOOR. code: of the language, skill or country. level: needed (0 for a floor)."""

    kind: str
    code: str
    level: int


def open_facts(person: Pool, query: VacancyQuery) -> tuple[OpenFact, ...]:
    """In the order of the gates. `person`: a pool of one row."""
    languages = [
        OpenFact(LANGUAGE, need.code, need.level)
        for need in query.languages
        if not value_of(person, "languages", need.code, "measured_level")
    ]
    skills = [
        OpenFact(SKILL, need.code, need.minimum)
        for need in query.must_skills
        if not value_of(person, "skills", need.code, "measured")
    ]
    terms = query.terms_for(place_of(person))
    floor = [OpenFact(FLOOR, terms.country, 0)] if terms is not None and not terms.floor_known else []
    return (*languages, *skills, *floor)
