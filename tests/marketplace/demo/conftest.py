"""A demo population that several tests read, and the folder where its password stands."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import override_settings
from django.utils import timezone

from marketplace.demo.people import Person, draw
from marketplace.demo.world import World

SIZES = {"candidates": 1500, "employers": 20, "vacancies": 60}
"""Two employers of each kind, and three jobs of each employer."""


@pytest.fixture(scope="module")
def population(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """What the command printed. Everything is rolled back when the module's tests are done."""
    var_dir = tmp_path_factory.mktemp("var")
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, VAR_DIR=var_dir),
        transaction.atomic(),
    ):
        load_what_it_needs()
        printed = made(**SIZES)
        connection.check_constraints()  # else the end of every test would check all that was made
        yield printed
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Facts and item banks for all tests of a module; rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO=True):
            load_what_it_needs()
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def drawn(loaded: None, django_db_blocker: Any) -> tuple[World, list[Person]]:
    """What the demo knows of the world, and 3,000 people drawn from it; nothing is written."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        world = World.read(timezone.now().date())
        return world, draw(world, 3000, np.random.default_rng([1, 0]))


@pytest.fixture
def demo(loaded: None, db: None, settings: Any, tmp_path: Path) -> None:
    """Demo mode in a database with facts and item banks, and no people."""
    settings.DEMO, settings.VAR_DIR = True, tmp_path


def load_what_it_needs() -> None:
    """Demo policies, the item banks and rated tasks; the facts themselves are there in every test."""
    call_command("load_facts", demo_policies=True, verbosity=0)
    call_command("load_banks", stdout=StringIO())
    call_command("load_rated_tasks", stdout=StringIO())


def made(**sizes: Any) -> str:
    """What `demo_population` prints."""
    answer = StringIO()
    call_command("demo_population", stdout=answer, **sizes)
    return answer.getvalue()


def demo_password() -> str:
    """The installation's."""
    return (Path(configured.VAR_DIR) / "demo-password").read_text()
