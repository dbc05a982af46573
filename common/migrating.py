"""Making tables, and changing those that people are working on."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState


class AddIndexOnline(AddIndexConcurrently):
    """Build an index while rows are written; begun again after it was interrupted, it goes on where that left off.

    For a migration with `atomic = False`. An index of this name that is whole stays as it is; a half-built one, which an
    interruption leaves behind, is dropped first.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Build it, unless it is there. Raises NotSupportedError inside a transaction."""
        self._ensure_not_in_transaction(schema_editor)
        is_whole = self._is_whole(schema_editor)
        if is_whole:
            return
        if is_whole is False:
            schema_editor.execute(f"DROP INDEX CONCURRENTLY {schema_editor.quote_name(self.index.name)}")
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def _is_whole(self, schema_editor: BaseDatabaseSchemaEditor) -> bool | None:
        """None where there is no index of this name."""
        name = schema_editor.quote_name(self.index.name)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [name])
            found: Any = cursor.fetchone()
        return None if found is None else bool(found[0])


class CreateModels(Operation):
    """Make the tables of many models at once.

    One `CreateModel` after the other makes Django draw every model that is related to the new one anew, which here is
    nearly all of them, each time. This draws them once, and two tables that name each other need no further step. Killed
    at any time, the migration is either whole and noted as applied, or never was.
    """

    category = OperationCategory.ADDITION

    def __init__(self, *models: CreateModel) -> None:
        """Of one app; a model that another one is made from by inheritance comes before it."""
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """They are there afterwards; models are drawn when they are next asked for."""
        vars(state).pop("apps", None)
        for one in self.models:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Their tables, then their indexes and foreign keys.

        Left to the end of the migration, as Django does it, these would be made first and the migration be noted as
        applied after that, in other transactions: killed in between, it could not be begun again.
        """
        for one in self.models:
            one.database_forwards(app_label, schema_editor, from_state, to_state)
        for statement in schema_editor.deferred_sql:
            schema_editor.execute(statement, None)
        schema_editor.deferred_sql.clear()

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Without their tables, the last one first."""
        for one in reversed(self.models):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """For `migrate --plan`."""
        return f"Create models {', '.join(one.name for one in self.models)}"


def stopped_between(connection: BaseDatabaseWrapper) -> tuple[str, str] | None:
    """A migration whose file is gone and that is missing in this database, and the one that replaced it.

    None where of those that a migration replaces all are applied, or none. Of the others Django says only that a node
    does not exist, or nothing at all.
    """
    applied = MigrationRecorder(connection).applied_migrations()
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    for (app_label, name), migration in loader.disk_migrations.items():
        missing = [one for one in migration.replaces if one not in applied]
        if missing and len(missing) < len(migration.replaces):
            return ".".join(missing[0]), f"{app_label}.{name}"
    return None
