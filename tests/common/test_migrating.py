"""Tables are made at once; those that people are working on get indexes without waiting; whoever stopped half-way is told."""

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models
from django.db.migrations import AddIndex, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.db.utils import NotSupportedError
from django.utils import timezone

from accounts.models import Notification
from common.migrating import AddIndexOnline, CreateModels
from tests.factories.accounts import UserFactory

NAME = "notification_for_a_test"

Applied = MigrationRecorder.Migration

KEY = ("id", models.BigAutoField(primary_key=True))
RING = [
    CreateModels(
        CreateModel(
            "Ring",
            [
                KEY,
                ("stone", models.ForeignKey("accounts.stone", models.PROTECT, null=True)),
                ("user", models.ForeignKey("accounts.user", models.PROTECT, null=True)),
            ],
        ),
        CreateModel("Stone", [KEY, ("ring", models.ForeignKey("accounts.ring", models.PROTECT))]),
    )
]
"""Two tables that name each other, and one of them a table that is there."""


def operation() -> AddIndexOnline:
    return AddIndexOnline("notification", models.Index(fields=["kind"], name=NAME))


def build(one: AddIndexOnline) -> None:
    before = ProjectState.from_apps(apps)
    after = before.clone()
    one.state_forwards("accounts", after)
    with connection.schema_editor(atomic=False) as editor:
        one.database_forwards("accounts", editor, before, after)


def whole() -> list[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [NAME])
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_it_is_built_once_and_a_half_built_one_is_built_anew() -> None:
    now = timezone.now()
    person: Any = UserFactory()
    for key in ("a", "b"):
        Notification.objects.create(
            user=person, kind="company", key=key, url="/", language="en", created_at=now, title="", text=""
        )
    try:
        with connection.cursor() as cursor, pytest.raises(IntegrityError):
            cursor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON accounts_notification (kind)")
        assert whole() == [False]
        build(operation())
        assert whole() == [True]
        build(operation())
        assert whole() == [True]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {NAME}")


@pytest.mark.django_db
def test_in_a_transaction_it_refuses() -> None:
    with pytest.raises(NotSupportedError, match="AddIndexOnline"):
        build(operation())


def locking(migration: Migration) -> list[str]:
    """Indexes that keep people from writing to a table while they are built, or that stand in a transaction."""
    made = set()
    for one in migration.operations:
        made |= {each.name_lower for each in getattr(one, "models", [one]) if isinstance(each, CreateModel)}
    return [
        one.index.name
        for one in migration.operations
        if isinstance(one, AddIndex) and one.model_name_lower not in made
        if migration.atomic or not isinstance(one, AddIndexConcurrently)
    ]


def test_every_index_on_a_table_that_was_there_is_built_so() -> None:
    own = [
        migration
        for (room, _), migration in MigrationLoader(None).disk_migrations.items()
        if migration.__module__.startswith(f"{room}.migrations")
    ]
    assert len(own) >= 13
    assert [index for migration in own for index in locking(migration)] == []


@pytest.mark.parametrize(
    ("atomic", "operations", "found"),
    [
        (True, [AddIndex("notification", models.Index(fields=["kind"], name=NAME))], [NAME]),
        (False, [AddIndex("notification", models.Index(fields=["kind"], name=NAME))], [NAME]),
        (True, [operation()], [NAME]),
        (False, [operation()], []),
        (True, [*RING, AddIndex("ring", models.Index(fields=["stone"], name=NAME))], []),
    ],
)
def test_an_index_that_locks_is_noticed(atomic: bool, operations: list[Any], found: list[str]) -> None:
    migration = Migration("0002_index", "accounts")
    migration.atomic, migration.operations = atomic, operations
    assert locking(migration) == found


@pytest.mark.django_db
def test_tables_that_name_each_other_are_made_and_taken_away_at_once() -> None:
    before = ProjectState.from_apps(apps)
    assert before.apps.get_model("accounts", "user")
    after = before.clone()
    made = RING[0]
    made.state_forwards("accounts", after)
    assert [made.describe(), made.formatted_description()[0]] == ["Create models Ring, Stone", "+"]
    with connection.schema_editor() as editor:
        made.database_forwards("accounts", editor, before, after)
        assert (
            editor.deferred_sql == []
        )  # Django notes it as applied in the same transaction only if nothing is left
    ring, stone = (after.apps.get_model("accounts", name) for name in ("ring", "stone"))
    assert (ring._meta.get_field("stone").related_model, stone._meta.get_field("ring").related_model) == (
        stone,
        ring,
    )
    held = stone.objects.create(ring=ring.objects.create())
    ring.objects.update(stone=held)
    assert list(ring.objects.values_list("stone", "user")) == [(held.pk, None)]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        made.database_backwards("accounts", editor, after, before)
    assert {"accounts_ring", "accounts_stone"}.isdisjoint(connection.introspection.table_names())


def tables() -> list[Any]:
    """Every table of this database with its columns, and every migration that it has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
        )
        columns = cursor.fetchall()
    return [*columns, *Applied.objects.order_by("app", "name").values_list("app", "name")]


@pytest.mark.django_db
def test_a_database_that_has_all_that_was_replaced_needs_nothing() -> None:
    whole = tables()
    Applied.objects.filter(name__in=["0001_schema", "0002_triggers"]).delete()
    call_command("migrate", check_unapplied=True, verbosity=0)
    answer = StringIO()
    call_command("migrate", stdout=answer)
    assert "No migrations to apply." in answer.getvalue()
    assert tables() == whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("missing", "replaced_by"),
    [
        ("placements.0016_known_lists", "placements.0001_schema"),
        ("matching.0011_pruning", "matching.0002_triggers"),
    ],
)
def test_a_database_that_stopped_before_is_not_touched(missing: str, replaced_by: str) -> None:
    room, name = missing.split(".")
    Applied.objects.filter(name__in=["0001_schema", "0002_triggers"]).delete()
    Applied.objects.filter(app=room, name=name).delete()
    whole = tables()
    for options in ({}, {"plan": True}, {"app_label": "accounts"}):
        with pytest.raises(CommandError) as refused:
            call_command("migrate", verbosity=0, **options)
        assert str(refused.value) == (
            f"The migration {missing}, which {replaced_by} has replaced since, is not applied in this database: run "
            "`manage.py migrate` of the last version that has its file, then this one again (docs/migrations.md says how)."
        )
    assert tables() == whole
