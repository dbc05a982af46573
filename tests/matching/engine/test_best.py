"""The best found by bounds are the best of all, whatever is guessed; bounds hold for everybody and are close."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from matching.engine import PartWeights, Pool, VacancyQuery, pack, rank, screen
from matching.engine import best as finding
from matching.engine.bounds import bounds_for, highest, reaches
from matching.engine.scoring import total_scores
from tests.matching.engine import strategies
from tests.matching.engine.crowd import crowd_pool
from tests.matching.engine.makers import Maker, make_vacancy, make_weights
from tests.matching.engine.people import Person, pool_of, shifts, vacancy
from tests.matching.engine.test_blocks import QUERIES, many

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
ANYBODY = vacancy(languages=(), hours_week=15)
CLOSE = 40
"""A unit for each rounding up, of columns and of sides."""


def upper(pool: Pool, query: VacancyQuery, weights: PartWeights) -> tuple[np.ndarray, np.ndarray]:
    """What everybody eligible can reach, and what they do."""
    screening = screen(pool, query)
    bounds = bounds_for(pool, query, weights, screening.verdicts)
    sums = sum(
        (bound.of(screening.eligible) for bound in bounds), np.zeros(len(screening.eligible), np.int64)
    )
    for bound in bounds:
        of_each = bound.of(screening.eligible)
        assert not len(of_each) or of_each.max() <= bound.most
    return sums, total_scores(pool, query, weights, screening)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=CHECKS)
@given(strategies.populations(), strategies.vacancies(), strategies.part_weights())
def test_nobody_scores_more_than_their_bound(
    people: list[Person], query: VacancyQuery, weights: PartWeights
) -> None:
    sums, totals = upper(pool_of(*people), query, weights)
    assert (highest(sums) >= totals).all()
    assert (highest(sums) - totals <= CLOSE).all()
    for total in totals.tolist():
        assert reaches(sums, total)[totals >= total].all()


def test_bounds_of_a_crowd_are_close() -> None:
    for seed in range(12):
        sums, totals = upper(crowd_pool(), make_vacancy(Maker.seeded(seed)), make_weights(Maker.seeded(seed)))
        assert ((highest(sums) >= totals) & (highest(sums) - totals <= CLOSE)).all()


@pytest.mark.parametrize("name", QUERIES)
def test_the_best_of_many_are_the_first_of_all(name: str) -> None:
    query = QUERIES[name]
    everybody = rank(many(), query, top=len(many()))
    for top in (0, 1, 7, 200, 3000):
        found = rank(many(), query, top=top)
        assert found.candidate_ids.tolist() == everybody.candidate_ids[:top].tolist()
        assert found.contributions.tolist() == everybody.contributions[:top].tolist()


@pytest.fixture
def everybody_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_FEW", 10)


@pytest.mark.parametrize("guess", [0, 1, 6_000_000, 9_000_000, 10_000_001])
@pytest.mark.usefixtures("everybody_is_sampled")
def test_a_wrong_guess_costs_time_and_no_place(guess: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = pack(rank(crowd_pool(), ANYBODY, top=50))
    planned = finding._planned
    guesses: list[int] = []
    left = finding._left

    def guessing(*given: object) -> object:
        return planned(*given)[0], guess  # type: ignore[arg-type]

    def counting(steps: object, rows: object, total: int, threads: int) -> object:
        guesses.append(total)
        return left(steps, rows, total, threads)  # type: ignore[arg-type]

    monkeypatch.setattr(finding, "_planned", guessing)
    monkeypatch.setattr(finding, "_left", counting)
    assert pack(rank(crowd_pool(), ANYBODY, top=50)) == expected
    reached = int(rank(crowd_pool(), ANYBODY, top=50).scores[-1])
    assert guesses[0] == guess
    assert (len(guesses) == 2) == (guess <= reached)


def test_equal_people_at_the_last_place_are_taken_by_id() -> None:
    copies = pool_of(*(replace(Person(id=1), id=number) for number in range(1, 400)))
    result = rank(copies, vacancy(languages=(), must_skills=()), top=60)
    assert result.candidate_ids.tolist() == list(range(1, 61))
    assert len(set(result.scores.tolist())) == 1


@pytest.mark.usefixtures("everybody_is_sampled")
def test_where_nothing_counts_for_anybody_the_first_by_id_are_the_best() -> None:
    owl = Person(preferred=((0, 600, 660),))
    night = vacancy(
        languages=(),
        hours_week=600,
        shifts=shifts(*((weekday, 60, 240) for weekday in range(5))),
        weights=PartWeights(time=1),
    )
    owls = pool_of(*(replace(owl, id=number) for number in range(1, 300)))
    for of_candidates in (PartWeights(time=1), PartWeights(culture=1)):
        result = rank(owls, night, of_candidates, 20)
        assert result.candidate_ids.tolist() == list(range(1, 21))
        assert not result.scores.any()
