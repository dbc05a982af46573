"""The benchmark's engines do the same job: every peer that tests have at hand comes to the engine's own outcome.

Polars and DuckDB are held against it by `make bench` itself, before it times anything.
"""

import json

import numpy as np
import pytest
from django.conf import settings

from benchmarks import timing
from benchmarks.cases import CASES
from benchmarks.outcome import Ours, Outcome
from benchmarks.population import make_pool
from benchmarks.rank import EnginesDisagreeError, check_agreement, engines
from benchmarks.wide import People

SIZE = 2000


@pytest.fixture(scope="module")
def people() -> People:
    return People(make_pool(SIZE))


def test_the_population_is_the_same_on_every_run(people: People) -> None:
    assert make_pool(SIZE).digest == people.pool.digest
    assert make_pool(SIZE, seed=1).digest != people.pool.digest


def test_a_wide_row_says_what_the_pool_says(people: People) -> None:
    row = int(people.pool.skills["crm"].rows[3])
    assert people.wide["skill_crm_measured"][row] == people.pool.skills["crm"].measured[3]
    assert people.wide["candidate_id"][row] == people.pool.candidate_id[row]
    spoken = np.count_nonzero(people.wide["language_nl_measured_level"])
    assert spoken == np.count_nonzero(people.pool.languages["nl"].measured_level)


@pytest.mark.parametrize("case", CASES)
def test_peers_come_to_the_same_outcome(case: str, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.DATABASE_URL)
    with engines(people, ("pandas", "postgresql")) as made:
        for engine in made:
            engine.prepare(CASES[case]())
        eligible = check_agreement(made)
    assert [engine.name for engine in made] == [
        "ours",
        "ours, ranked before",
        "ours, compiling too",
        "pandas",
        "postgresql",
    ]
    assert 0 < eligible < SIZE


def test_an_engine_that_differs_is_named_and_nothing_is_timed(people: People) -> None:
    class Wrong(Ours):
        name = "wrong"

        def run(self) -> Outcome:
            right = super().run()
            return Outcome(**{**vars(right), "eligible": right.eligible + 1})

    made = [Ours(people.pool), Wrong(people.pool)]
    for engine in made:
        engine.prepare(CASES["typical"]())
    with pytest.raises(EnginesDisagreeError, match="wrong differs from ours in eligible"):
        check_agreement(made)


def test_results_are_lines_of_one_form(tmp_path) -> None:
    rows = timing.rows_of("rank", 10, "broad", {"ours": [2.0, 1.0, 3.0], "pandas": [4.0, 8.0, 6.0]})
    path = timing.write("some", rows, tmp_path)
    first, second = (json.loads(line) for line in path.read_text().splitlines())
    assert first["ratio_to_ours"] == 1.0
    assert second == {
        "measure": "rank",
        "size": 10,
        "case": "broad",
        "engine": "pandas",
        "median_ms": 6.0,
        "p95_ms": 8.0,
        "ratio_to_ours": 3.0,
    }
    assert timing.read("some", tmp_path) == rows
