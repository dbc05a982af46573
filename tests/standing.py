"""What the tests of a file, or of a class, begin with: made once and left standing, so that none of them makes it anew.

    def beginning() -> tuple[Vacancy, list[Candidate]]: …

    once = standing(beginning)

    @pytest.fixture
    def begun(once: Any, db: None) -> Any:
        return deepcopy(once)

It is made in a transaction around those of the tests. What a test writes is gone with the test; the copy keeps what it
does to the objects from the next one. Tests that do not ask for it find its rows too, so it is for files (or classes)
of which all tests can live with them. Their moment in the database, `now()`, is that of the beginning.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction


def standing(make: Callable[[], Any], scope: str = "module") -> Any:
    """A fixture with what `make` returns, which is rolled back after the last test of the file or class."""

    @pytest.fixture(scope=scope)  # type: ignore[arg-type]
    def once(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        refuse_tests_that_commit(request)
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]  # as around a test: durable blocks may stand inside
        with django_db_blocker.unblock(), around:
            made = make()
            connection.check_constraints()  # else the end of every test would check all that was made
            with django_db_blocker.block():
                yield made
            transaction.set_rollback(True)

    return once


def refuse_tests_that_commit(request: pytest.FixtureRequest) -> None:
    """Inside a transaction nothing is committed: nobody else would see what such a test writes."""
    for item in request.session.items:
        mark = item.get_closest_marker("django_db")
        commits = "transactional_db" in getattr(item, "fixturenames", ()) or (
            mark is not None and mark.kwargs.get("transaction")
        )
        if commits and request.node in item.listchain():
            raise pytest.UsageError(f"{item.nodeid} commits; it needs a file (or class) of its own")
