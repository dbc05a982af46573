"""Reading an uploaded CSV or Excel file into rows of texts. Whatever is wrong with it is said in a sentence."""

import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from common.tables.writing import FORMULA

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_BYTES = 900_000
MOST_ROWS = 500
MOST_CELLS = 60
MOST_UNPACKED = 30_000_000
"""An Excel file is a packed folder; one that grows beyond this is no list of a few hundred rows."""
ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = (";", "\t", ",", "|")
ZIPPED = b"PK\x03\x04"
TOO_MANY = re.compile(r"Expected (\d+) fields in line (\d+), saw (\d+)")


class BadFile(Exception):
    """The file cannot be read at all; the message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """Headings as they stand there, and (row number as a spreadsheet shows it, texts) of each row that is not empty."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    kind: str


def read_table(content: bytes) -> RawTable:
    """A table from the bytes of a CSV (UTF-8 or Windows-1252; semicolons, tabs, commas or bars) or an Excel file.

    Of an Excel file the first sheet counts, with the values that its formulas had. Raises BadFile.
    """
    if len(content) > MOST_BYTES:
        raise BadFile(_("The file is larger than %(kb)s kB. Split it.") % {"kb": MOST_BYTES // 1000})
    if not content.strip():
        raise BadFile(_("The file is empty."))
    frame, kind = (_excel(content), "xlsx") if content.startswith(ZIPPED) else (_csv(content), "csv")
    lines = [tuple(_text(cell) for cell in cells) for cells in frame.itertuples(index=False, name=None)]
    headings = _headings(lines)
    rows = [(at, cells[: len(headings)]) for at, cells in enumerate(lines[1:], start=2) if any(cells)]
    if not rows:
        raise BadFile(_("There are no rows below the headings."))
    if len(rows) > MOST_ROWS:
        raise BadFile(_("The file has more than %(n)s rows. Split it.") % {"n": MOST_ROWS})
    return RawTable(headings, tuple(rows), kind)


def _headings(lines: list[tuple[str, ...]]) -> tuple[str, ...]:
    found = list(lines[0]) if lines else []
    while found and not found[-1]:
        found.pop()
    if not any(found):
        raise BadFile(_("The first row has to hold the headings."))
    return tuple(found)


def _csv(content: bytes) -> "DataFrame":
    import pandas as pd  # as in `writing`

    text = _decoded(content)
    if "\x00" in text:
        raise BadFile(_("This is neither a CSV file nor an Excel file (.xlsx)."))
    first = text.partition("\n")[0]
    if not first.strip():
        raise BadFile(_("The first row has to hold the headings."))
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return pd.read_csv(
            StringIO(text),
            sep=delimiter,
            header=None,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
            index_col=False,
            nrows=MOST_ROWS + 2,
        ).fillna("")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        found = TOO_MANY.search(str(error))
        if found:
            words = _("Row %(row)s has %(cells)s cells, the headings are %(headings)s.")
            raise BadFile(words % {"headings": found[1], "row": found[2], "cells": found[3]}) from error
        raise BadFile(_("This CSV file cannot be read. Is a quotation mark left open?")) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(_("The letters of this file cannot be read. Save it as CSV in UTF-8."))


def _excel(content: bytes) -> "DataFrame":
    import pandas as pd

    try:
        with zipfile.ZipFile(BytesIO(content)) as folder:
            unpacked = sum(one.file_size for one in folder.infolist())
        if unpacked > MOST_UNPACKED:
            raise BadFile(_("This Excel file holds far more than a list of a few hundred rows."))
        frame = pd.read_excel(
            BytesIO(content),
            header=None,
            dtype=object,
            na_filter=False,
            engine="openpyxl",
            nrows=MOST_ROWS + 2,
        )
    except BadFile:
        raise
    except Exception as error:  # whatever a broken or hostile file makes the library raise
        raise BadFile(_("This Excel file cannot be read. Save it as .xlsx, or as CSV.")) from error
    if frame.shape[1] > MOST_CELLS:
        raise BadFile(_("The table has more than %(n)s columns.") % {"n": MOST_CELLS})
    return frame


def _text(cell: Any) -> str:
    """A cell as somebody would have typed it into a CSV file."""
    if cell is None or (isinstance(cell, float) and cell != cell):  # not a number
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        number = format(Decimal(repr(cell)).normalize(), "f")
        # A number of a spreadsheet is meant as it is; three decimals in a text could be thousands.
        return f"{number}0" if number[-4:-3] == "." else number
    text = str(cell).strip()
    # A file of ours guards such texts with an apostrophe; see writing.
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text
