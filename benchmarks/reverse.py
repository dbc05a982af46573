"""The reverse direction: one person against all open vacancies, in one pass over a book of them, against a plain loop.

The loop ranks a pool of that one person for each vacancy. It is timed over every tenth vacancy and counted ten times.
The book is laid out once, when vacancies are published; what that takes is shown too.
"""

from collections.abc import Sequence
from statistics import median

import numpy as np

from benchmarks.population import make_pool
from benchmarks.timing import Row, heading, milliseconds, rows_of, show, write
from benchmarks.vacancies import make_vacancies
from matching.engine import Pool, QueryBook, RankingResult, VacancyQuery, rank

VACANCIES = 10_000
PEOPLE = 11
EACH = 10
"""The loop takes one vacancy of so many."""


def measure(sizes: Sequence[int], vacancies: int = VACANCIES, people: int = PEOPLE) -> list[Row]:
    """People spread over the largest pool; a round is one person."""
    heading(f"reverse, one person at {vacancies:,} vacancies")
    pool, queries = make_pool(max(sizes)), make_vacancies(vacancies)
    layouts: list[QueryBook] = []
    laid_out = milliseconds(lambda: layouts.append(QueryBook(queries)))
    book, chosen = layouts[0], queries[::EACH]
    for row in range(3):
        book.judge(
            pool, row
        )  # places that the book has not met yet, and the calendars of zones, are worked out once
    taken: dict[str, list[float]] = {"ours": [], "plain loop": []}
    found = 0
    for row in np.linspace(0, len(pool) - 1, people).astype(int).tolist():
        taken["ours"].append(milliseconds(lambda row=row: book.judge(pool, row)))
        taken["plain loop"].append(EACH * milliseconds(lambda row=row: plain_loop(pool, row, chosen)))
        found += check_agreement(book, pool, row, queries)
    taken["laying out the book, once"] = [laid_out]
    rows = rows_of("reverse", len(pool), f"{vacancies} vacancies", taken)
    show(
        rows,
        f"on average {found / people:,.0f} vacancies for a person; {median(taken['ours']):.1f} ms for each person",
    )
    write("reverse", rows)
    return rows


def plain_loop(pool: Pool, row: int, queries: Sequence[VacancyQuery]) -> list[RankingResult]:
    """A ranking of that one person for each vacancy."""
    person = pool.take([row])
    return [rank(person, query, top=1) for query in queries]


def check_agreement(book: QueryBook, pool: Pool, row: int, queries: Sequence[VacancyQuery]) -> int:
    """Raise unless book and loop say the same at every tenth vacancy; where the person is eligible, in all."""
    prospects = book.judge(pool, row)
    of_book = {
        int(vacancy): (int(reason), int(score))
        for vacancy, reason, score in zip(
            prospects.vacancies, prospects.first_reasons, prospects.scores, strict=True
        )
    }
    of_loop = {}
    for vacancy, result in zip(
        range(0, len(queries), EACH), plain_loop(pool, row, queries[::EACH]), strict=True
    ):
        if result.near_misses:
            of_loop[vacancy] = (result.near_misses[0].code.number, 0)
        elif result.eligible:
            of_loop[vacancy] = (0, int(result.scores[0]))
    if of_loop != {vacancy: one for vacancy, one in of_book.items() if vacancy % EACH == 0}:
        raise AssertionError(f"the book and the loop differ about candidate {pool.candidate_id[row]}")
    return sum(reason == 0 for reason, _ in of_book.values())
