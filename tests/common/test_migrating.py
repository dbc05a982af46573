"""Tables that people are working on get their indexes without waiting, and begun again after an interruption."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import IntegrityError, connection, models
from django.db.migrations import AddIndex, CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.utils import NotSupportedError
from django.utils import timezone

from accounts.models import Notification
from common.migrating import AddIndexOnline, options_in_place
from tests.factories.accounts import UserFactory

NAME = "notification_for_a_test"

BEFORE_THE_FIRST_RELEASE = {
    "assessments.0002_activity",
    "assessments.0007_frozen_sessions",
    "assessments.0013_integrity",
    "candidates.0005_staying_listed",
    "candidates.0007_quiet_until",
    "matching.0007_fresh_rankings",
    "placements.0013_invitations_to_any_test",
}
"""They add a column with its index to a table that was there, in one transaction; no large database has stood before them."""


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


def test_every_index_on_a_table_that_was_there_is_built_so() -> None:
    waiting = set()
    for (room, name), migration in MigrationLoader(None).disk_migrations.items():
        if not migration.__module__.startswith(f"{room}.migrations"):
            continue  # of a library
        made = {one.name_lower for one in migration.operations if isinstance(one, CreateModel)}
        for one in migration.operations:
            if isinstance(one, AddIndex) and one.model_name_lower not in made:
                if not isinstance(one, AddIndexConcurrently):
                    waiting.add(f"{room}.{name}")
                else:
                    assert not migration.atomic, f"{room}.{name}"
    assert waiting == BEFORE_THE_FIRST_RELEASE


def test_an_index_or_a_constraint_changes_the_options_of_its_model_alone() -> None:
    state, djangos = ProjectState.from_apps(apps), ProjectState.from_apps(apps)
    drawn, person = (state.apps.get_model("accounts", name) for name in ("notification", "user"))
    held = len(drawn._meta.indexes), len(drawn._meta.total_unique_constraints)
    index = models.Index(fields=["kind"], name=NAME)
    unique = models.UniqueConstraint(fields=["title"], name=f"{NAME}_once")
    with options_in_place():
        state.add_index("accounts", "notification", index)
        state.add_constraint("accounts", "notification", unique)
    djangos.add_index("accounts", "notification", index)
    djangos.add_constraint("accounts", "notification", unique)
    key = "accounts", "notification"
    assert state.models[key].options == djangos.models[key].options
    assert state.apps.get_model("accounts", "notification") is drawn
    assert state.apps.get_model("accounts", "user") is person
    assert (len(drawn._meta.indexes), len(drawn._meta.total_unique_constraints)) == (held[0] + 1, held[1] + 1)
    with options_in_place():
        state.remove_index("accounts", "notification", NAME)
        state.remove_constraint("accounts", "notification", f"{NAME}_once")
    assert state.models[key].options != djangos.models[key].options
    assert (len(drawn._meta.indexes), len(drawn._meta.total_unique_constraints)) == held
