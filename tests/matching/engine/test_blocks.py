"""More people than any block, table or thread's share holds: eight crowds in a row rank like one crowd eight times."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from matching.engine import Pool, VacancyQuery, merge, pack, rank
from matching.engine.blocks import WORTH_THREADS
from matching.engine.columns import DENSE, FAMILIES
from tests.matching.engine.crowd import SIZE, crowd_pool
from tests.matching.engine.makers import Maker, make_vacancy, make_weights
from tests.matching.engine.people import vacancy
from tests.matching.engine.test_twin import CROWDED

TIMES = 8
APART = 1_000_000
"""Between the numbers of a person and of their next copy."""


@cache
def many() -> Pool:
    crowd = crowd_pool()
    given: dict[str, Any] = {}
    for column in DENSE:
        values = getattr(crowd, column.name)
        given[column.name] = np.concatenate([values] * TIMES)
    given["candidate_id"] = np.concatenate([crowd.candidate_id + APART * copy for copy in range(TIMES)])
    for family, parts in FAMILIES.items():
        given[family] = {
            code: {"rows": np.concatenate([sparse.rows + SIZE * copy for copy in range(TIMES)])}
            | {part.name: np.concatenate([getattr(sparse, part.name)] * TIMES) for part in parts}
            for code, sparse in getattr(crowd, family).items()
        }
    return Pool.from_columns(places=crowd.places, zones=crowd.zones, week_masks=crowd.week_masks, **given)


def drawn(seed: int) -> VacancyQuery:
    return make_vacancy(Maker.seeded(seed))


QUERIES = CROWDED | {
    "office": vacancy(hours_week=2400),
    "anybody": vacancy(languages=(), hours_week=15),
    **{f"drawn {seed}": drawn(seed) for seed in (3, 8, 10, 14)},
}


@pytest.mark.parametrize("name", QUERIES)
def test_eight_crowds_rank_like_one(name: str) -> None:
    query, weights = QUERIES[name], make_weights(Maker.seeded(2))
    one, all_of_them = rank(crowd_pool(), query, weights, SIZE), rank(many(), query, weights, TIMES * SIZE)
    assert len(many()) > WORTH_THREADS
    copies = [(one.candidate_ids + APART * copy) for copy in range(TIMES)]
    ids, rows = np.concatenate(copies), np.concatenate([np.arange(len(one))] * TIMES)
    order = np.lexsort((ids, -one.scores[rows]))
    assert all_of_them.candidate_ids.tolist() == ids[order].tolist()
    for figures in ("scores", "employer_scores", "candidate_scores", "fits", "contributions"):
        assert np.array_equal(getattr(all_of_them, figures), getattr(one, figures)[rows[order]])
    assert all_of_them.waterfall.failed == tuple(TIMES * count for count in one.waterfall.failed)
    assert [(m.code, m.count) for m in all_of_them.near_misses] == [
        (m.code, TIMES * m.count) for m in one.near_misses
    ]
    best = pack(rank(many(), query, weights))
    for threads in (2, 5):
        assert pack(rank(many(), query, weights, threads=threads)) == best


@pytest.mark.parametrize("shards", [2, 3, 8])
def test_any_number_of_shards_and_threads(shards: int) -> None:
    query = CROWDED["typical"]
    edges = np.linspace(0, len(many()), shards + 1).astype(int).tolist()
    parts = [many().part(start, stop) for start, stop in pairwise(edges)]
    assert pack(merge([rank(part, query, threads=shards) for part in parts])) == pack(rank(many(), query))


def test_the_drawn_vacancies_are_for_somebody() -> None:
    assert all(rank(crowd_pool(), query).eligible for query in QUERIES.values())
