"""Checking a table against the columns of a room, and writing it row by row: all of it, or nothing.

A dry run does exactly what writing does, through the same actions, and takes everything back at the end. So what it
reports is what would happen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _

from common.tables.cells import BadCell, Reader
from common.tables.reading import RawTable

HEADINGS = 0
"""Stands for the line of the headings where none of the rows is meant."""
MOST_PROBLEMS = 200
"""So many are listed; of more it is said that there are more."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a room knows: its heading, what stands in it, how a cell is read, and whether it may be empty."""

    name: str
    about: Any
    read: Reader
    required: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one row, or one cell of it. `line` is its number in a spreadsheet, or `HEADINGS`."""

    line: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be read: values by column, those of empty cells left out."""

    line: int
    values: dict[str, Any]


class RowRefused(Exception):
    """The room's action refused a row. `problems` are (column or empty, words)."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__("; ".join(words for _column, words in problems))
        self.problems = problems


class Importer:
    """What one kind of table is, and what each of its rows does."""

    name: ClassVar[str]
    title: ClassVar[Any]
    about: ClassVar[Any]
    permission: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]

    def write(self, row: Row, *, by: Any, now: datetime) -> None:
        """Write one row through the room's action. Raises RowRefused."""
        raise NotImplementedError


@dataclass(slots=True)
class Report:
    """What came, or would come, of a table. `written` is 0 whenever there is a problem: then nothing was."""

    rows: int
    unknown: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    written: int = 0

    @property
    def bad_rows(self) -> int:
        """How many rows have something wrong; the headings are none."""
        return len({problem.line for problem in self.problems} - {HEADINGS})

    @property
    def listed(self) -> list[Problem]:
        """The first problems, by row."""
        return sorted(self.problems, key=lambda one: one.line)[:MOST_PROBLEMS]


class _Undo(Exception):
    """Takes everything back."""


def run_import(importer: Importer, raw: RawTable, *, by: Any, now: datetime, dry_run: bool) -> Report:
    """Check every row, and write all of them; nothing is left when a row is bad, or when it is a dry run."""
    report = Report(rows=len(raw.rows))
    places, report.unknown, missing = _places(importer, raw)
    if missing:
        words = _("The file has no column with this heading.")
        report.problems = [Problem(HEADINGS, name, words) for name in missing]
        return report
    rows = list(_read(importer, raw, places, report.problems))
    try:
        with transaction.atomic():
            for row in rows:
                _write(importer, row, by, now, report.problems)
            if dry_run or report.problems:
                raise _Undo
    except _Undo:
        return report
    report.written = len(rows)
    return report


def _places(importer: Importer, raw: RawTable) -> tuple[dict[int, Column], tuple[str, ...], list[str]]:
    """(column by place, headings nobody knows, required columns that are not there). Order and case are free."""
    known = {column.name: column for column in importer.columns}
    places: dict[int, Column] = {}
    unknown = []
    for at, heading in enumerate(raw.headings):
        column = known.get(heading.strip().casefold().replace(" ", "_").replace("-", "_"))
        if column is None or column in places.values():
            unknown.append(heading or "–")
        else:
            places[at] = column
    missing = [one.name for one in importer.columns if one.required and one not in places.values()]
    return places, tuple(unknown), missing


def _read(
    importer: Importer, raw: RawTable, places: dict[int, Column], problems: list[Problem]
) -> Iterator[Row]:
    for line, cells in raw.rows:
        values, found = {}, []
        for at, column in places.items():
            cell = cells[at] if at < len(cells) else ""
            try:
                if cell:
                    values[column.name] = column.read(cell)
                elif column.required:
                    raise BadCell(_("This cell is empty."))
            except BadCell as bad:
                found.append(Problem(line, column.name, str(bad)))
        problems.extend(found)
        if not found:
            yield Row(line, values)


def _write(importer: Importer, row: Row, by: Any, now: datetime, problems: list[Problem]) -> None:
    try:
        with transaction.atomic():
            importer.write(row, by=by, now=now)
    except RowRefused as refused:
        problems.extend(Problem(row.line, column, words) for column, words in refused.problems)
