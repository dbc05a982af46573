"""The servers that the benchmarks run on: those that the environment names, or some of their own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from benchmarks.database import run
from marketplace.embedded.servers import EmbeddedServers

ROOT: Final = Path(__file__).resolve().parent.parent
MEMORY: Final = ("shared_buffers = '2GB'", "max_wal_size = '8GB'", "maintenance_work_mem = '512MB'")
"""What an administrator gives a database that holds a million people in memory."""


@contextmanager
def servers() -> Iterator[None]:
    """DATABASE_URL, REDIS_URL and SECRET_KEY are set inside."""
    os.environ.setdefault("SECRET_KEY", "measurements-only")
    os.environ.setdefault("DEMO", "1")
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield
        return
    folder = ROOT / "var" / f"bench-{os.getpid()}"
    own = EmbeddedServers(folder, durable=False)
    try:
        urls = own.start()
        _give_memory(urls["database_url"])
        own.postgres.stop()
        own.postgres.start()
        os.environ |= {
            "DATABASE_URL": own.postgres.url,
            "REDIS_URL": urls["redis_url"],
            "VAR_DIR": str(folder),
        }
        yield
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _give_memory(url: str) -> None:
    there = psycopg2.connect(url)
    there.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    run(there, *(f"ALTER SYSTEM SET {setting}" for setting in MEMORY))
    there.close()
