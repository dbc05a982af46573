"""Letting one process of all do a piece of work, without anybody waiting for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection


@contextmanager
def one_at_a_time(name: str) -> Iterator[bool]:
    """True inside for one process (or thread) of all that share the database, False for the others, at once.

    PostgreSQL holds the lock for the connection, so a killed process gives it back.
    """
    key = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
