"""Tables to take away, as CSV or Excel. No cell of them is a formula, whatever somebody typed."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
           "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
"""Signs that a formula begins with, some spreadsheets also take the wide ones of Chinese and Japanese."""
_INSIDE = re.compile(r"([;\t\r\n]\W*?)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def table_bytes(headings: Sequence[str], rows: Iterable[Sequence[Any]], kind: str) -> bytes:
    """The file. CSV begins with the mark by which spreadsheets know UTF-8; `kind` is a key of `CONTENT_TYPES`."""
    import pandas as pd  # here, because it costs every process 30 MB and those that start a fifth of a second

    cells = [[guarded(cell) for cell in row] for row in rows]
    if kind == "csv":
        cells = [[_guarded_inside(cell) for cell in row] for row in cells]
    frame = pd.DataFrame(cells, columns=list(headings), dtype=object)
    if kind == "csv":
        return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    file = BytesIO()
    frame.to_excel(file, index=False, engine="openpyxl")
    return file.getvalue()


def _guarded_inside(cell: Any) -> Any:
    """Where the list sign of the reader's country is another one, a spreadsheet breaks cells at it, in spite of quotation
    marks; what follows must be no formula either."""
    return _INSIDE.sub(r"\1'", cell) if isinstance(cell, str) else cell


def guarded(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula. Numbers and dates stay what they are."""
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    text = str(cell).translate(CONTROL)
    return f"'{text}" if text.startswith(FORMULA) else text
