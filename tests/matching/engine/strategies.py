"""What `makers` makes, from bytes that hypothesis draws: cheap to draw, and shrinking to the plainest case."""

from __future__ import annotations

from hypothesis import strategies as st

from matching.engine import PartWeights, VacancyQuery
from tests.matching.engine import makers
from tests.matching.engine.makers import LANGUAGES, SKILLS, STARTS, ZONES
from tests.matching.engine.people import Person

__all__ = [
    "LANGUAGES",
    "SKILLS",
    "STARTS",
    "ZONES",
    "part_weights",
    "people",
    "populations",
    "suited",
    "vacancies",
    "weeks",
]


def makers_of(choices: int) -> st.SearchStrategy[makers.Maker]:
    """A maker with that many choices drawn; all further ones are zero."""
    return st.binary(min_size=3 * choices, max_size=3 * choices).map(makers.Maker.of_bytes)


def weeks() -> st.SearchStrategy[tuple[tuple[int, int, int], ...]]:
    return makers_of(50).map(makers.make_week)


def people(number: int = 1) -> st.SearchStrategy[Person]:
    return makers_of(90).map(lambda maker: makers.make_person(maker, number))


def populations(most: int = 6) -> st.SearchStrategy[list[Person]]:
    return makers_of(90 * most).map(lambda maker: makers.make_people(maker, most))


def part_weights() -> st.SearchStrategy[PartWeights]:
    return makers_of(7).map(makers.make_weights)


def vacancies() -> st.SearchStrategy[VacancyQuery]:
    return makers_of(140).map(makers.make_vacancy)


def suited() -> st.SearchStrategy[tuple[Person, VacancyQuery]]:
    """A vacancy and somebody who passes every gate but, now and then, the hours."""
    return makers_of(240).map(makers.make_suited)
