"""Everything real: a browser, a worker process, the demo's mail box."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running_worker import nothing_left_to_do, running_worker, until


@pytest.fixture(scope="package")
def worker_process(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One worker for all journeys."""
    with django_db_blocker.unblock(), running_worker():
        yield


@pytest.fixture
def worker(transactional_db: None, worker_process: None) -> Iterator[None]:
    """The worker, idle again before the tables are emptied."""
    yield
    until(nothing_left_to_do, "the worker is idle")


@pytest.fixture
def demo(settings: Any) -> None:
    """As `make run` sets it up: mail is read on a page, and staff need no second factor."""
    settings.DEMO = True
