"""Changing tables that people are working on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
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


@contextmanager
def options_in_place() -> Iterator[None]:
    """While in here, a migration's index or constraint changes the options of one model and nothing else.

    Django makes that model and all that are related to it anew for each of them, which took 40 % of the first start.
    Nothing but the options of the model differs afterwards.
    """
    own = ProjectState._append_option, ProjectState._remove_option  # type: ignore[attr-defined]
    ProjectState._append_option, ProjectState._remove_option = _append, _remove  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._append_option, ProjectState._remove_option = own  # type: ignore[attr-defined]


def _append(state: ProjectState, app_label: str, model_name: str, option: str, added: Any) -> None:
    held = state.models[app_label, model_name].options[option]
    _set_option(state, app_label, model_name, option, [*held, added])


def _remove(state: ProjectState, app_label: str, model_name: str, option: str, name: str) -> None:
    held = state.models[app_label, model_name].options[option]
    _set_option(state, app_label, model_name, option, [one for one in held if one.name != name])


def _set_option(
    state: ProjectState, app_label: str, model_name: str, option: str, objects: list[Any]
) -> None:
    state.models[app_label, model_name].options[option] = objects
    if "apps" in vars(state):
        meta = state.apps.get_model(app_label, model_name)._meta
        setattr(meta, option, objects)
        vars(meta).pop("total_unique_constraints", None)  # worked out from them, and kept
