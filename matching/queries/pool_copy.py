"""Rows out of PostgreSQL as arrays: COPY in binary, so that no row becomes an object on the way.

See "COPY: Binary Format" in PostgreSQL's documentation. Only how values are written is decided here and in the callers'
expressions; what they mean stays in Python.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedWriter, BytesIO, RawIOBase
from threading import local
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Aggregate, BinaryField, F, QuerySet
from django.db.models.expressions import Combinable

from matching.engine import InvalidPool

Found = TypeVar("Found")
Records = npt.NDArray[Any]
Fields = Mapping[str, tuple[Combinable | str, npt.DTypeLike]]

BUFFER_BYTES = 16 << 20
ISOLATED = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_here = local()
HEADER_BYTES = 19
"""Signature (11), flags (4) and the length of an extension (4), which is empty."""
END = -1
"""Stands where the next row would say how many fields it has."""


class Packed(Aggregate):
    """All whole numbers of a group end to end, 8 bytes each, the big end first; `unpacked` reads them."""

    template = "string_agg(int8send(%(expressions)s), ''::bytea)"
    output_field = BinaryField()


class PackedFloats(Aggregate):
    """The same for floats, NaN for none."""

    template = "string_agg(float8send(coalesce(%(expressions)s, 'NaN')), ''::bytea)"
    output_field = BinaryField()


def unpacked(values: bytes, kind: npt.DTypeLike = ">i8") -> npt.NDArray[Any]:
    """What `Packed` (or, as ">f8", `PackedFloats`) put together, in this processor's order of bytes."""
    return np.frombuffer(values, dtype=kind).astype(np.dtype(kind).newbyteorder("="))


@dataclass(frozen=True, slots=True)
class Statement:
    """What a query became: Django takes a millisecond to put one together, and the same ones come again and again."""

    sql: str
    values: tuple[Any, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "Statement":
        """Of a query; one that can find nothing is empty."""
        try:
            return cls(*rows.query.sql_with_params())
        except EmptyResultSet:
            return cls("", ())

    @classmethod
    def of_fields(cls, rows: QuerySet[Any], fields: Fields) -> "Statement":
        """Of a query for `records` with those fields."""
        columns = {
            f"as_{name}": F(how) if isinstance(how, str) else how for name, (how, _kind) in fields.items()
        }
        return cls.of(rows.annotate(**columns).values_list(*columns))

    def replaced(self, value: str, by: str) -> "Statement":
        """With another value in the place of one."""
        return Statement(self.sql, tuple(by if one == value else one for one in self.values))


def records(rows: Statement, fields: Fields, take: Callable[[Records], None]) -> None:
    """Hand the rows of a query to `take` as structured arrays, a few thousand at a time.

    `fields`: name to expression and type, the big end first. Raises InvalidPool when a value is missing or is not as
    wide as its type.
    """
    parts = [(name, how, np.dtype(kind)) for name, (how, kind) in fields.items()]
    record = np.dtype(
        [
            ("fields", ">i2"),
            *((each, kind) for name, _how, kind in parts for each, kind in _sized(name, kind)),
        ]
    )

    def checked(found: Records) -> None:
        for name, _how, kind in parts:
            if not (found[_size_of(name)] == kind.itemsize).all():
                raise InvalidPool(name, f"has a value that is not {kind.itemsize} bytes long")
        take(found)

    with BufferedWriter(_Cut(record, checked), BUFFER_BYTES) as buffer:
        _copy(rows, buffer)


def groups(rows: Statement) -> list[tuple[bytes, ...]]:
    """The rows of a query, few and long, as raw values; empty for NULL."""
    buffer = BytesIO()
    _copy(rows, buffer)
    data, at, found = buffer.getvalue(), HEADER_BYTES, []
    while at < len(data) and (count := int.from_bytes(data[at : at + 2], "big", signed=True)) != END:
        at += 2
        row = []
        for _field in range(count):
            length = max(int.from_bytes(data[at : at + 4], "big", signed=True), 0)
            row.append(data[at + 4 : at + 4 + length])
            at += 4 + length
        found.append(tuple(row))
    return found


@contextmanager
def one_snapshot() -> Iterator[bool]:
    """All queries inside see one moment of the database, unless the caller holds a transaction already.

    Whether they do: then others can read `beside` this connection.
    """
    if connection.in_atomic_block:
        yield getattr(_here, "alone", False)
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ISOLATED)
        _here.alone = True
        try:
            yield True
        finally:
            _here.alone = False


def beside(executor: Executor, read: Callable[[], Found]) -> Future[Found]:
    """Read on another connection in the snapshot of this one, at the same time; only inside `one_snapshot`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()

    def run() -> Found:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(ISOLATED)
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
                return read()
        finally:
            connection.close()

    return executor.submit(run)


def _copy(rows: Statement, into: Any) -> None:
    if not rows.sql:
        return
    with connection.cursor() as cursor:
        query = cursor.mogrify(rows.sql, rows.values).decode()
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", into)


def _size_of(name: str) -> str:
    return f"{name} bytes"


def _sized(name: str, kind: np.dtype[Any]) -> list[tuple[str, Any]]:
    return [(_size_of(name), ">i4"), (name, kind)]


class _Cut(RawIOBase):
    """A file that cuts what is written to it into whole records."""

    def __init__(self, record: np.dtype[Any], take: Callable[[Records], None]) -> None:
        self._record, self._take = record, take
        self._left, self._skip = b"", HEADER_BYTES

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Hand over the whole records that are there by now; at the end, the end mark is what is left."""
        at = min(self._skip, len(data))
        self._skip -= at
        width = self._record.itemsize
        if self._left:
            at = min(width - len(self._left), len(data))
            self._left += bytes(data[:at])
            if len(self._left) == width:
                self._take(np.frombuffer(self._left, dtype=self._record))
                self._left = b""
        if count := (len(data) - at) // width:
            self._take(np.frombuffer(data, dtype=self._record, count=count, offset=at))
        self._left += bytes(data[at + count * width :])
        return len(data)
