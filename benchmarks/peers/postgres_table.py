"""PostgreSQL: a wide table in memory, parallel plans, prepared statements, an index for each language that is rare.

What somebody does not have is NULL, so that a row stays short; the columns of the gates come first. The layers are
views with a barrier: the planner does not fold them together, which would compute every fit again for each use, and
still runs all of them in parallel, which it would not do with a fence of OFFSET 0.
"""

from psycopg2.extensions import connection

from benchmarks.database import run, write_table
from benchmarks.outcome import Outcome, outcome_from
from benchmarks.peers.sql import Dialect, Statements
from benchmarks.wide import FAMILIES, PLAIN, People, column
from benchmarks.world import LEARNT
from matching.engine import VacancyQuery

DIALECT = Dialect(div="/", sparse="coalesce({}, 0)")
SETTINGS = (
    "SET work_mem = '256MB'",
    "SET max_parallel_workers_per_gather = 2",
    "SET parallel_setup_cost = 10",
    "SET min_parallel_table_scan_size = 0",
    "SET random_page_cost = 1.0",
    "SET effective_cache_size = '8GB'",
    "SET plan_cache_mode = force_generic_plan",
)


class PostgresTable:
    """The peer, on a connection to a database of its own."""

    name = "postgresql"

    def __init__(self, people: People, there: connection, jit: bool = False) -> None:
        self.people, self.there = people, there
        run(there, *SETTINGS, f"SET jit = {'on' if jit else 'off'}")
        write_table(there, "given", people.wide)
        kept = self._order()
        dense = [name for name in kept if not self._sparse(name)]
        wanted = [name if name in dense else f"nullif({name}, 0::smallint) AS {name}" for name in kept]
        run(
            there,
            "DROP TABLE IF EXISTS person",
            f"CREATE UNLOGGED TABLE person AS SELECT {', '.join(wanted)} FROM given ORDER BY candidate_id",
            "DROP TABLE given",
            *(f"ALTER TABLE person ALTER {name} SET NOT NULL" for name in dense),
            "ALTER TABLE person ADD PRIMARY KEY (candidate_id)",
        )
        for code, sparse in people.pool.languages.items():
            if len(sparse.rows) * 10 < len(people):
                name = column("languages", code, "measured_level")
                run(there, f"CREATE INDEX ON person ({name}) WHERE {name} IS NOT NULL")
        run(there, "VACUUM (ANALYZE, FREEZE) person")

    def prepare(self, query: VacancyQuery) -> None:
        found = self.people.lookups(query)
        run(self.there, "DEALLOCATE ALL", "DROP SCHEMA IF EXISTS layers CASCADE", "CREATE SCHEMA layers")
        run(self.there, "SET search_path = layers, public")
        for name, table, key in (("place", found.places, "place_code"), ("hours", found.hours, "hours_code")):
            write_table(self.there, name, table)
            run(self.there, f"ALTER TABLE {name} ADD PRIMARY KEY ({key})", f"VACUUM ANALYZE {name}")
        statements = Statements(query, DIALECT, self.people.wide)
        for called, statement in (("waterfall", statements.waterfall()), ("best", statements.best())):
            for name, text in statement.layers:
                run(self.there, f"CREATE VIEW {name} WITH (security_barrier) AS {text}")
            run(self.there, f"PREPARE {called} AS {statement.final}")

    def run(self) -> Outcome:
        counts = {int(reason): int(number) for reason, number in run(self.there, "EXECUTE waterfall")}
        return outcome_from(counts, run(self.there, "EXECUTE best"))

    def _order(self) -> list[str]:
        """Dense columns first, then the languages that most people have, skills, months, homes."""
        dense = [*PLAIN, "hours_code", *(f"style_{scale}" for scale in range(8))]
        languages = sorted(self.people.pool.languages, key=lambda code: -LEARNT.get(code, 0))
        parts = FAMILIES["languages"][1]
        spoken = [column("languages", code, part) for code in languages for part in parts]
        others = [name for name in self.people.wide if name not in {*dense, *spoken}]
        others.sort(key=lambda name: name.startswith("home_"))
        return dense + spoken + others

    @staticmethod
    def _sparse(name: str) -> bool:
        return name.startswith(tuple(f"{prefix}_" for prefix, _ in FAMILIES.values()))
