"""Ranking one vacancy against everybody: ours and its peers, after they were found to agree to the last digit.

"ours" has what every peer is handed: the terms by place and the hours facts, kept from an earlier ranking of the
vacancy. All ratios are to it. "ours, ranked before" has all that is kept, "ours, compiling too" nothing.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from benchmarks.cases import CASES
from benchmarks.database import own_database
from benchmarks.outcome import Engine, Ours, OursAgain, OursCompiling
from benchmarks.peers.pandas_frame import PandasFrame
from benchmarks.population import make_pool
from benchmarks.timing import ROUNDS, Row, heading, interleaved, rows_of, show, write
from benchmarks.wide import People

DATABASE = "bench_rank"
PEERS = ("pandas", "polars", "duckdb", "postgresql")


class EnginesDisagreeError(AssertionError):
    """Two engines did not come to the same result; nothing was timed."""


@contextmanager
def engines(people: People, peers: Sequence[str] = PEERS) -> Iterator[list[Engine]]:
    """Ours, and those peers, each with the people in its own form."""
    made: list[Engine] = [Ours(people.pool), OursAgain(people.pool), OursCompiling(people.pool)]
    with ExitStack() as stack:
        if "pandas" in peers:
            made.append(PandasFrame(people))
        if "polars" in peers:
            from benchmarks.peers.polars_frame import PolarsFrame

            made.append(PolarsFrame(people))
        if "duckdb" in peers:
            from benchmarks.peers.duckdb_table import DuckDBTable

            made.append(DuckDBTable(people))
        if "postgresql" in peers:
            from benchmarks.peers.postgres_table import PostgresTable

            there = stack.enter_context(own_database(f"{DATABASE}_{os.getpid()}"))
            made.append(PostgresTable(people, there))
        yield made


def check_agreement(made: Sequence[Engine]) -> int:
    """Raise unless all come to exactly the same outcome; how many people are eligible."""
    expected = made[0].run()
    for engine in made[1:]:
        differences = engine.run().differences(expected)
        if differences:
            raise EnginesDisagreeError(
                f"{engine.name} differs from {made[0].name} in {', '.join(differences)}"
            )
    return expected.eligible


def measure(sizes: Sequence[int], rounds: int = ROUNDS) -> list[Row]:
    """Every case at every size."""
    heading("rank")
    rows: list[Row] = []
    for size in sizes:
        people = People(make_pool(size))
        with engines(people) as made:
            for case, query in CASES.items():
                for engine in made:
                    engine.prepare(query())
                eligible = check_agreement(made)
                taken = interleaved({engine.name: engine.run for engine in made}, rounds)
                found = rows_of("rank", size, case, taken)
                show(
                    found,
                    f"{case}: {eligible:,} of {size:,} eligible ({100 * eligible / size:.2f} %), all engines agree",
                )
                rows += found
    write("ranking", rows)
    return rows
