"""Keeping the loaded facts: tests that commit empty every table afterwards, and loading again takes seconds."""

from dataclasses import dataclass
from io import BytesIO

from django.db import connection, transaction

MADE_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
SIGN_OF_FACTS = "reference_country"


@dataclass(frozen=True)
class FactsSnapshot:
    """Rows of every table that held some after loading, as PostgreSQL writes them for COPY."""

    rows: dict[str, bytes]

    @classmethod
    def take(cls) -> "FactsSnapshot":
        """Copy out what is there."""
        rows = {}
        with connection.cursor() as cursor:
            for table in set(connection.introspection.table_names(cursor)) - MADE_BY_DJANGO:
                held = BytesIO()
                cursor.copy_expert(f'COPY "{table}" TO STDOUT', held)
                if held.getvalue():
                    rows[table] = held.getvalue()
        return cls(rows)

    def restore_if_gone(self) -> None:
        """Copy back into tables that are empty. Foreign keys are deferred, so the order does not matter.

        A table that a migration fills holds its rows until the first test that empties it.
        """
        if not self.rows:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            if not self._is_empty(cursor, SIGN_OF_FACTS):
                return
            for table, content in self.rows.items():
                if not self._is_empty(cursor, table):
                    continue
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', BytesIO(content))
                self._continue_sequences(cursor, table)

    @staticmethod
    def _is_empty(cursor, table: str) -> bool:
        cursor.execute(f'SELECT NOT EXISTS (SELECT FROM "{table}")')
        return cursor.fetchone()[0]

    @staticmethod
    def _continue_sequences(cursor, table: str) -> None:
        for sequence in connection.introspection.get_sequences(cursor, table):
            column = sequence["column"]
            cursor.execute(
                f'SELECT setval(pg_get_serial_sequence(%s, %s), (SELECT max("{column}") FROM "{table}"))',
                [f'"{table}"', column],
            )
