"""DuckDB: SQL on a native table in memory, on all threads."""

import duckdb
import pandas as pd

from benchmarks.outcome import Outcome, outcome_from
from benchmarks.peers.sql import Dialect, Statements
from benchmarks.wide import People
from matching.engine import VacancyQuery

DIALECT = Dialect(div="//", sparse="{}")


class DuckDBTable:
    """The peer. `person`: one row a person, 0 where somebody has nothing."""

    name = "duckdb"

    def __init__(self, people: People) -> None:
        self.people = people
        self.connection = duckdb.connect()
        self._table("person", people.wide)

    def prepare(self, query: VacancyQuery) -> None:
        found = self.people.lookups(query)
        self._table("place", found.places)
        self._table("hours", found.hours)
        statements = Statements(query, DIALECT, self.people.wide)
        self.connection.execute(f"PREPARE waterfall AS {statements.waterfall()}")
        self.connection.execute(f"PREPARE best AS {statements.best()}")

    def run(self) -> Outcome:
        counts = dict(self.connection.execute("EXECUTE waterfall").fetchall())
        return outcome_from(counts, self.connection.execute("EXECUTE best").fetchall())

    def _table(self, name: str, columns: dict) -> None:  # type: ignore[type-arg]
        unsigned = {"uint8": "int16", "uint16": "int32"}
        frame = pd.DataFrame(
            {
                key: values.astype(unsigned.get(str(values.dtype), values.dtype))
                for key, values in columns.items()
            }
        )
        self.connection.register("given", frame)
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")
        self.connection.unregister("given")
