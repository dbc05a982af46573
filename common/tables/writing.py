"""Tables to take away, as CSV or Excel. No cell of them is a formula, whatever somebody typed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def table_bytes(headings: Sequence[str], rows: Iterable[Sequence[Any]], kind: str) -> bytes:
    """The file. CSV begins with the mark by which spreadsheets know UTF-8; `kind` is a key of `CONTENT_TYPES`."""
    cells = [[guarded(cell) for cell in row] for row in rows]
    frame = pd.DataFrame(cells, columns=list(headings), dtype=object)
    if kind == "csv":
        return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    file = BytesIO()
    frame.to_excel(file, index=False, engine="openpyxl")
    return file.getvalue()


def guarded(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula. Numbers and dates stay what they are."""
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    text = str(cell).translate(CONTROL)
    return f"'{text}" if text.startswith(FORMULA) else text
