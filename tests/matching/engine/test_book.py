"""Held against many vacancies at once, a person stands where ranking each vacancy puts them."""

import numpy as np
from hypothesis import given, settings

from matching.engine import Pool, QueryBook, VacancyQuery, rank, screen
from tests.matching.engine.crowd import crowd_pool
from tests.matching.engine.makers import Maker, make_vacancy, make_weights
from tests.matching.engine.people import Person, pool_of, speaker, vacancy
from tests.matching.engine.strategies import suited
from tests.matching.engine.test_twin import CROWDED

WEIGHTS = make_weights(Maker.seeded(5))
QUERIES = [*CROWDED.values(), vacancy(), *(make_vacancy(Maker.seeded(seed)) for seed in range(60))]


def assert_same(book: QueryBook, pool: Pool, row: int) -> int:
    """Compare with ranking the person alone; returns how many vacancies they are eligible for."""
    person = pool.take([row])
    found = book.judge(pool, row)
    expected = []
    for number, query in enumerate(book.queries):
        screening = screen(person, query)
        if len(screening.eligible):
            expected.append((number, 0, int(rank(person, query, book.weights, 1).scores[0])))
        elif len(screening.near_misses):
            expected.append((number, int(screening.first_reasons[0]), 0))
    triples = zip(found.vacancies.tolist(), found.first_reasons.tolist(), found.scores.tolist(), strict=True)
    assert list(triples) == expected
    return sum(reason == 0 for _, reason, _ in expected)


def test_people_of_a_crowd_at_every_vacancy() -> None:
    pool, book = crowd_pool(), QueryBook(QUERIES, WEIGHTS)
    rows = [*range(0, len(pool), 251), len(pool) - 1]
    assert sum(assert_same(book, pool, row) for row in rows) > 50


@given(pair=suited())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_somebody_made_for_a_vacancy(pair: tuple[Person, VacancyQuery]) -> None:
    person, query = pair
    assert_same(QueryBook([*QUERIES[:8], query], WEIGHTS), pool_of(person), 0)


def test_first_reasons_are_those_of_screening() -> None:
    pool, book = crowd_pool(), QueryBook(QUERIES, WEIGHTS)
    for row in range(0, len(pool), 997):
        person = pool.take([row])
        first, alive = book.first_reasons(pool, row)
        for number, query in enumerate(book.queries):
            told = int(screen(person, query).first_reasons[0])
            assert int(first[number]) == told or (first[number] == 0 and alive[number])


def test_an_empty_book() -> None:
    found = QueryBook([]).judge(pool_of(speaker()), 0)
    assert [len(part) for part in (found.vacancies, found.first_reasons, found.scores)] == [0, 0, 0]
    assert found.scores.dtype == np.int64


def test_a_book_that_follows_another_says_what_one_laid_out_anew_says() -> None:
    """Some vacancies gone, some come, in another order; also after people were judged by the book before."""
    pool, before = crowd_pool(), QueryBook(QUERIES[:40], WEIGHTS)
    rows = list(range(0, len(pool), 499))
    for row in rows:
        before.judge(pool, row)
    queries = [*QUERIES[45:], *QUERIES[30:10:-1], QUERIES[0]]
    following, anew = QueryBook(queries, WEIGHTS, before), QueryBook(queries, WEIGHTS)
    for row in rows:
        found, expected = following.judge(pool, row), anew.judge(pool, row)
        for part in ("vacancies", "first_reasons", "scores", "all_reasons"):
            assert np.array_equal(getattr(found, part), getattr(expected, part))
        assert_same(following, pool, row)


def test_the_reason_at_every_vacancy_is_the_one_that_is_counted() -> None:
    pool, book = crowd_pool(), QueryBook(QUERIES, WEIGHTS)
    for row in range(0, len(pool), 997):
        person = pool.take([row])
        counted = [int(screen(person, query).first_reasons[0]) for query in book.queries]
        assert book.judge(pool, row).all_reasons.tolist() == counted
