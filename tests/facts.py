"""Keeping the loaded facts: tests that commit leave rows behind, and loading the facts again takes seconds."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db import connection, transaction

MADE_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
CHANGE_LOG = "candidates_change"
NEW_HISTORY = f"INSERT INTO {CHANGE_LOG} (xid, candidate_id) VALUES (pg_current_xact_id()::text::bigint, 0)"
"""What the database writes itself when the candidates are truncated: everybody is another now."""

Rows = tuple[int, int]
"""How many rows a table holds and the newest transaction that wrote one: differs whenever something was written."""


@dataclass(frozen=True)
class FactsSnapshot:
    """Rows of every table that held some after loading, as PostgreSQL writes them for COPY, and its sign."""

    rows: dict[str, bytes]
    signs: dict[str, Rows]

    @classmethod
    def take(cls) -> "FactsSnapshot":
        """Copy out what is there."""
        rows = {}
        with connection.cursor() as cursor:
            for table in _tables(cursor):
                held = BytesIO()
                cursor.copy_expert(f'COPY "{table}" TO STDOUT', held)
                if held.getvalue():
                    rows[table] = held.getvalue()
            return cls(rows, _signs(cursor, list(rows)))

    def restore(self) -> None:
        """Empty every table that is not of the facts, and bring back those facts that a test wrote to.

        Much quicker than to truncate a hundred tables and fill the facts again. Foreign keys rest meanwhile, so the
        order does not matter; sequences go on from where they are.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            tables = _tables(cursor)
            for table in _holding_rows(cursor, [one for one in tables if one not in self.rows]):
                cursor.execute(f'DELETE FROM "{table}"')
            signs = _signs(cursor, list(self.rows))
            written = [table for table in self.rows if signs[table] != self.signs[table]]
            for table in written:
                cursor.execute(f'DELETE FROM "{table}"')
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', BytesIO(self.rows[table]))
            self.signs.update(_signs(cursor, written))
            cursor.execute(f"DELETE FROM {CHANGE_LOG}")
            cursor.execute(NEW_HISTORY)


def _tables(cursor: Any) -> list[str]:
    return sorted(set(connection.introspection.table_names(cursor)) - MADE_BY_DJANGO - {CHANGE_LOG})


def _holding_rows(cursor: Any, tables: list[str]) -> list[str]:
    """Those that are not empty, in one statement."""
    return [table for (table,) in _of_each(cursor, "SELECT '{0}' WHERE EXISTS (SELECT FROM \"{0}\")", tables)]


def _signs(cursor: Any, tables: list[str]) -> dict[str, Rows]:
    sign = "SELECT '{0}', count(*), coalesce(max(xmin::text::bigint), 0) FROM \"{0}\""
    return {table: (rows, newest) for table, rows, newest in _of_each(cursor, sign, tables)}


def _of_each(cursor: Any, question: str, tables: list[str]) -> list[tuple[Any, ...]]:
    if not tables:
        return []
    cursor.execute(" UNION ALL ".join(question.format(table) for table in tables))
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
