"""Databases that the benchmarks fill themselves, and NumPy columns written into them by COPY in PostgreSQL's own format."""

import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import numpy as np
import numpy.typing as npt
import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, connection

Table = dict[str, npt.NDArray[Any]]

TYPES = {1: "smallint", 2: "smallint", 4: "integer", 8: "bigint"}
_AT_ONCE = 20_000


def server_url() -> str:
    """DATABASE_URL, which names the server."""
    return os.environ["DATABASE_URL"]


def url_of(name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(server_url())._replace(path=f"/{name}"))


@contextmanager
def own_database(name: str, template: str = "template1") -> Iterator[connection]:
    """A connection to a new database of that name, which is dropped at the end."""
    admin = psycopg2.connect(server_url())
    admin.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    try:
        with admin.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        there = psycopg2.connect(url_of(name))
        there.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        try:
            yield there
        finally:
            there.close()
            with admin.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        admin.close()


def run(there: connection, *statements: str) -> list[tuple[Any, ...]]:
    """Execute them; the rows of the last one, if it has any."""
    with there.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def signed(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """In a width that PostgreSQL has: 16, 32 or 64 bits, signed."""
    if values.dtype.kind == "b" or values.dtype.itemsize == 1:
        return values.astype(np.int16)
    return values.astype({"uint16": "int32", "uint32": "int64"}.get(str(values.dtype), values.dtype))


def write_table(there: connection, name: str, columns: Table) -> None:
    """A new unlogged table of whole numbers, filled by COPY."""
    ready = {key: signed(values) for key, values in columns.items()}
    kinds = ", ".join(f"{key} {TYPES[values.dtype.itemsize]} NOT NULL" for key, values in ready.items())
    run(there, f"DROP TABLE IF EXISTS {name}", f"CREATE UNLOGGED TABLE {name} ({kinds})")
    copy_columns(there, name, ready)


def copy_columns(there: connection, name: str, columns: Table) -> None:
    """COPY whole numbers into a table, in the binary format."""
    names = ", ".join(columns)
    with there.cursor() as cursor:
        for part in _binary(columns):
            cursor.copy_expert(f"COPY {name} ({names}) FROM STDIN (FORMAT binary)", BytesIO(part))


def _binary(columns: Table) -> Iterable[bytes]:
    """One complete COPY file for each stretch of rows."""
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for key, values in columns.items():
        layout += [(f"{key}:size", ">i4"), (key, values.dtype.newbyteorder(">").str)]
    size = len(next(iter(columns.values())))
    for start in range(0, size, _AT_ONCE):
        rows = np.zeros(min(_AT_ONCE, size - start), dtype=layout)
        rows["fields"] = len(columns)
        for key, values in columns.items():
            rows[f"{key}:size"] = values.dtype.itemsize
            rows[key] = values[start : start + _AT_ONCE]
        yield b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0) + rows.tobytes() + struct.pack(">h", -1)
