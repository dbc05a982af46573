"""Servers over temporary data folders; none is left running when a test ends."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from marketplace.embedded.broker import Broker
from marketplace.embedded.postgres import Postgres


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """Short, because a socket's path is limited."""
    made = Path(tempfile.mkdtemp(prefix="m-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def new_postgres(var_dir: Path) -> Iterator[Callable[..., Postgres]]:
    made: list[Postgres] = []

    def build(folder: Path = var_dir, *, durable: bool = False) -> Postgres:
        log = folder / "postgresql.log"
        made.append(Postgres(folder, password="correct horse", log=log, durable=durable))
        return made[-1]

    yield build
    for postgres in made:
        postgres.stop()
        postgres.end_orphan()


@pytest.fixture
def new_broker(var_dir: Path) -> Iterator[Callable[[], Broker]]:
    made: list[Broker] = []

    def build() -> Broker:
        made.append(Broker(var_dir, password="battery-staple", log=var_dir / "broker.log"))
        return made[-1]

    yield build
    for broker in made:
        broker.stop()
        broker.end_orphan()
