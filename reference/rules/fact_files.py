"""Reading the data files: typed values, and errors that name file and line. Without Django."""

import csv
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Parser = Callable[[str], Any]

AS_OF = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


class FactError(Exception):
    """A data file is not as it should be: which file, which line, what is wrong."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}")
        self.file, self.line, self.problem = file, line, problem


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its text becomes a value, and the file whose codes it refers to, if any."""

    name: str
    parse: Parser
    required: bool = False
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: its columns in order, and the columns that together name a row."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One row with the line it stands on."""

    line: int
    values: dict[str, Any]


def text(value: str) -> str:
    """Any text."""
    return value


def matching(pattern: str, what: str) -> Parser:
    """Text of one shape, such as a country code."""
    shape = re.compile(pattern)

    def parse(value: str) -> str:
        if not shape.fullmatch(value):
            raise ValueError(f"is not {what}")
        return value

    return parse


def one_of(*choices: str) -> Parser:
    """One of a few words."""

    def parse(value: str) -> str:
        if value not in choices:
            raise ValueError(f"is not one of {', '.join(choices)}")
        return value

    return parse


def number(low: str, high: str) -> Parser:
    """A decimal number from `low` to `high`, both included."""
    least, most = Decimal(low), Decimal(high)

    def parse(value: str) -> Decimal:
        try:
            parsed = Decimal(value)
        except InvalidOperation:
            raise ValueError("is not a number") from None
        if not parsed.is_finite() or not least <= parsed <= most:
            raise ValueError(f"is not between {low} and {high}")
        return parsed

    return parse


def integer(low: int, high: int) -> Parser:
    """A whole number from `low` to `high`, both included."""

    def parse(value: str) -> int:
        if not re.fullmatch(r"-?\d+", value) or not low <= int(value) <= high:
            raise ValueError(f"is not a whole number between {low} and {high}")
        return int(value)

    return parse


def day(value: str) -> date:
    """A calendar day, `2026-11-22`."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("is not a date like 2026-11-22") from None


def clock(value: str) -> time:
    """A time of day, `22:00`."""
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise ValueError("is not a time like 22:00") from None


def flag(value: str) -> bool:
    """`yes`; an empty cell is no."""
    if value != "yes":
        raise ValueError("is neither yes nor empty")
    return True


def as_of(value: str) -> str:
    """A year, month or day, as precise as the source."""
    if not AS_OF.fullmatch(value):
        raise ValueError("is not a year, month or day like 2026-11")
    return value


def empty_value(column: Column) -> Any:
    """What an empty cell stands for."""
    if column.parse is flag:
        return False
    return "" if column.parse in (text, as_of) else None


def read_table(folder: Path, table: Table) -> list[Record]:
    """All rows of a file. Raises FactError for the first thing that is wrong."""
    expected = [column.name for column in table.columns]
    records: list[Record] = []
    seen: dict[tuple[Any, ...], int] = {}
    for line, cells in _lines(folder, table.file):
        if line == 1:
            if cells != expected:
                raise FactError(table.file, 1, f"the columns must be {', '.join(expected)}")
            continue
        if len(cells) != len(expected):
            raise FactError(table.file, line, f"has {len(cells)} cells, not {len(expected)}")
        values = {c.name: _value(table, line, c, cell) for c, cell in zip(table.columns, cells, strict=True)}
        key = tuple(values[name] for name in table.key)
        if key in seen:
            raise FactError(table.file, line, f"repeats line {seen[key]} ({', '.join(map(str, key))})")
        seen[key] = line
        records.append(Record(line, values))
    if not records:
        raise FactError(table.file, 1, "holds no rows")
    return records


def _lines(folder: Path, file: str) -> list[tuple[int, list[str]]]:
    path = folder / file
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            return [(reader.line_num, cells) for cells in reader]
    except FileNotFoundError:
        raise FactError(file, 0, "the file is missing") from None
    except UnicodeDecodeError:
        raise FactError(file, 0, "the file is not UTF-8 text") from None
    except csv.Error as error:
        raise FactError(file, reader.line_num, f"is not CSV ({error})") from None


def _value(table: Table, line: int, column: Column, cell: str) -> Any:
    if cell == "":
        if column.required:
            raise FactError(table.file, line, f"{column.name} is empty")
        return empty_value(column)
    try:
        return column.parse(cell)
    except ValueError as error:
        raise FactError(table.file, line, f"{column.name} {cell!r} {error}") from None


def digest_of(folder: Path, files: Sequence[str]) -> str:
    """SHA-256 over the names and contents of the files."""
    total = hashlib.sha256()
    for file in sorted(files):
        path = folder / file
        if not path.is_file():
            raise FactError(file, 0, "the file is missing")
        total.update(file.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
