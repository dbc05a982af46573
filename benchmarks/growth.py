"""How the time grows: with people, vacancies, required languages and shards. Draws docs/growth.svg from what it found."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.cases import CASES, typical
from benchmarks.outcome import TOP, Ours
from benchmarks.plot import Chart, draw
from benchmarks.population import make_pool
from benchmarks.timing import Row, heading, interleaved, rows_of, show, write
from benchmarks.vacancies import make_vacancies
from matching.engine import LanguageNeed, Pool, VacancyQuery, merge, rank

PLOT = Path(__file__).resolve().parent.parent / "docs" / "growth.svg"
VACANCIES = (1, 3, 10, 30, 100)
LANGUAGES = ("en", "es", "fr", "de")
SHARDS = (1, 2, 3, 8)
FEWEST_PEOPLE = 1000
ROUNDS = 5
SECONDS = 5.0
SMALLER = 10
"""Vacancies are counted on a pool so many times smaller than the largest."""


def measure(sizes: Sequence[int], plot: Path = PLOT, rounds: int = ROUNDS) -> list[Row]:
    """On the largest size; people also on smaller parts of it."""
    heading("growth")
    largest = make_pool(max(sizes))
    rows = [
        *_people(largest, rounds),
        *_vacancies(largest.part(0, max(len(largest) // SMALLER, min(len(largest), FEWEST_PEOPLE))), rounds),
        *_languages(largest, rounds),
        *_shards(largest, rounds),
    ]
    show(rows)
    write("growth", rows)
    draw(charts(rows), plot, f"Time of a ranking as the market grows, up to {len(largest):,} people")
    return rows


def _people(pool: Pool, rounds: int) -> list[Row]:
    found = []
    size = len(pool)
    sizes = [size]
    while sizes[0] >= 3 * FEWEST_PEOPLE:
        sizes.insert(0, sizes[0] // 3)
    for size in sizes:
        part = pool.part(0, size)
        for case, query in CASES.items():
            ours = Ours(part)
            ours.prepare(query())
            found += rows_of("people", size, case, interleaved({"ours": ours.run}, rounds, SECONDS))
    return found


def _vacancies(pool: Pool, rounds: int) -> list[Row]:
    queries = make_vacancies(max(VACANCIES))
    found = []
    for number in VACANCIES:
        taken = interleaved(
            {"ours": lambda number=number: [rank(pool, q) for q in queries[:number]]}, rounds, SECONDS
        )
        found += rows_of("vacancies", number, f"{len(pool)} people", taken)
    return found


def _languages(pool: Pool, rounds: int) -> list[Row]:
    found = []
    for number in range(len(LANGUAGES) + 1):
        needs = tuple(LanguageNeed(code, 3) for code in LANGUAGES[:number])
        ours = Ours(pool)
        ours.prepare(
            replace(typical(), languages=needs, nice_languages=(LanguageNeed("nl", 3),), must_skills=())
        )
        found += rows_of(
            "languages", number, f"{len(pool)} people", interleaved({"ours": ours.run}, rounds, SECONDS)
        )
    return found


def _shards(pool: Pool, rounds: int) -> list[Row]:
    """All shards one after another on this machine: what cutting costs, not what more hosts save."""
    found = []
    for number in SHARDS:
        edges = np.linspace(0, len(pool), number + 1).astype(int)
        parts = [pool.part(int(a), int(b)) for a, b in pairwise(edges)]
        for part in parts:
            _ = part.digest
        for case, make in CASES.items():
            query = make()
            whole = rank(pool, query, top=TOP)
            if _merged(parts, query) != whole.candidate_ids.tolist():
                raise AssertionError(f"{number} shards rank otherwise than the whole pool")
            taken = interleaved(
                {"ours": lambda parts=parts, query=query: _merged(parts, query)}, rounds, SECONDS
            )
            found += rows_of("shards", number, case, taken)
    return found


def _merged(parts: Sequence[Pool], query: VacancyQuery) -> list[int]:
    ids: list[int] = merge([rank(part, query, top=TOP) for part in parts], TOP).candidate_ids.tolist()
    return ids


def charts(rows: Sequence[Row]) -> list[Chart]:
    """One chart a measure."""

    def lines(measure: str) -> dict[str, list[tuple[float, float]]]:
        found: dict[str, list[tuple[float, float]]] = {}
        for row in rows:
            if row.measure == measure:
                found.setdefault(row.case, []).append((row.size, row.median_ms))
        return found

    return [
        Chart("People", "people in the pool", lines("people"), logarithmic=True),
        Chart("Vacancies", "vacancies ranked one after another", lines("vacancies"), logarithmic=True),
        Chart("Required languages", "languages that the vacancy requires", lines("languages")),
        Chart("Shards", "shards, one after another, merged", lines("shards")),
    ]
