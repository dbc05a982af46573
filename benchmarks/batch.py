"""Many vacancies against everybody, in pairs of person and vacancy a second, against the plain vectorised loop."""

from collections.abc import Sequence
from time import perf_counter

from benchmarks.outcome import TOP, outcome_of
from benchmarks.plain import plain_rank
from benchmarks.population import make_pool
from benchmarks.timing import Row, heading, rows_of, show, write
from benchmarks.vacancies import make_vacancies
from benchmarks.wide import People
from matching.engine import RankingResult, VacancyQuery, rank

VACANCIES = 1000
PEOPLE = 100_000
IN_TURN = 10
"""Vacancies that each way takes before it is the other's turn; the slow one stops after PLAIN of them."""
PLAIN = 50


def measure(sizes: Sequence[int], vacancies: int = VACANCIES, plain: int = PLAIN) -> list[Row]:
    """On 100,000 people, or on the largest size below. A round is IN_TURN vacancies."""
    heading(f"batch of {vacancies:,} vacancies")
    size = max([one for one in sizes if one <= PEOPLE] or [min(*sizes, PEOPLE)])
    people, queries = People(make_pool(size)), make_vacancies(vacancies)
    _ = people.wide, people.pool.digest
    taken: dict[str, list[float]] = {"ours": [], "plain vectorised loop": []}
    for start in range(0, vacancies, IN_TURN):
        some = queries[start : start + IN_TURN]
        begin = perf_counter()
        ours = _ours(people, some)
        taken["ours"].append((perf_counter() - begin) * 1000)
        if start < plain:
            begin = perf_counter()
            expected = [plain_rank(people, query) for query in some]
            taken["plain vectorised loop"].append((perf_counter() - begin) * 1000)
            if [outcome_of(result) for result in ours] != expected:
                raise AssertionError("the batch ranks otherwise than the plain loop")
    rows = rows_of("batch", size, f"{IN_TURN} of {vacancies} vacancies", taken)
    per_second = [size * IN_TURN / row.median_ms * 1000 for row in rows]
    note = f"{per_second[0]:,.0f} pairs a second, the plain loop {per_second[1]:,.0f}"
    show(rows, f"{note}; all {vacancies:,} took {sum(taken['ours']) / 1000:,.1f} s")
    write("batch", rows)
    return rows


def _ours(people: People, queries: Sequence[VacancyQuery]) -> list[RankingResult]:
    return [rank(people.pool, query, top=TOP) for query in queries]
