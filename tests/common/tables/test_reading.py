"""Files as people save them: encodings, separators, Excel, and those that cannot be read."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pandas as pd
import pytest

from common.tables import reading
from common.tables.cells import amount
from common.tables.reading import BadFile, read_table
from common.tables.writing import guarded, table_bytes


def excel(*rows: tuple[object, ...]) -> bytes:
    file = BytesIO()
    pd.DataFrame(rows).to_excel(file, index=False, header=False, engine="openpyxl")
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "land;amount\nCôte;6,50\n".encode(),
        "land;amount\r\nCôte;6,50\r\n".encode("utf-8-sig"),
        "land;amount\nCôte;6,50\n".encode("cp1252"),
        "land\tamount\nCôte\t6,50\n".encode("utf-16"),
        'land,amount\n"Côte","6,50"\n'.encode(),
        "land|amount\nCôte|6,50".encode(),
    ],
)
def test_encodings_and_separators(content: bytes) -> None:
    found = read_table(content)
    assert (found.headings, found.rows) == (("land", "amount"), ((2, ("Côte", "6,50")),))


def test_rows_have_the_number_that_a_spreadsheet_shows() -> None:
    found = read_table(b"a;b\n\n1;2\n;\n3;\n")
    assert found.rows == ((3, ("1", "2")), (5, ("3", "")))


def test_an_excel_file_gives_what_somebody_would_have_typed() -> None:
    day = datetime(2027, 2, 1)  # noqa: DTZ001  (cells of a spreadsheet have no zone)
    found = read_table(
        excel(("a", "b", "c", "d"), (6.5, 32.0, day, None), ("NA", "007", date(2027, 1, 2), True))
    )
    assert found.rows == ((2, ("6.5", "32", "2027-02-01", "")), (3, ("NA", "007", "2027-01-02", "True")))


def packed(size: int) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n ", "The file is empty."),
        (b"a;b\n", "There are no rows below the headings."),
        (b"\n\n1;2\n", "The first row has to hold the headings."),
        (b"a;b\n1;2\n1;2;3\n", "Row 3 has 3 cells, the headings are 2."),
        (b'a;b\n"1;2\n', "This CSV file cannot be read. Is a quotation mark left open?"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is neither a CSV file nor an Excel file (.xlsx)."),
        (b"PK\x03\x04broken", "This Excel file cannot be read. Save it as .xlsx, or as CSV."),
        (packed(100), "This Excel file cannot be read. Save it as .xlsx, or as CSV."),
        (packed(30_000_001), "This Excel file holds far more than a list of a few hundred rows."),
        (b"a\n" + b"1\n" * 501, "The file has more than 500 rows. Split it."),
        (b"a" * 900_001, "The file is larger than 900 kB. Split it."),
    ],
)
def test_files_that_cannot_be_read(content: bytes, sentence: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_table(content)
    assert str(caught.value) == sentence


def test_too_many_columns() -> None:
    with pytest.raises(BadFile, match="more than 60 columns"):
        read_table(excel(tuple(range(61)), tuple(range(61))))


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-3", "@sum", "\tx", "\uff1d1+1", "\uff20sum"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_that_is_taken_away_is_a_formula(text: str, kind: str) -> None:
    assert guarded(text) == f"'{text}"
    back = read_table(table_bytes(["a"], [[text]], kind))
    assert back.rows[0][1][0] in (text, f"'{text}", text.strip())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('x;=HYPERLINK("//evil.example")', """x;'=HYPERLINK("//evil.example")"""),
        ('x; "=1', """x; "'=1"""),
        ("x\n+1", "x\n'+1"),
        ("x\t\uff1d1", "x\t'\uff1d1"),
        ("Mon; Tue 9-17, =", "Mon; Tue 9-17, ="),
    ],
)
def test_nor_is_what_stands_behind_the_list_sign_of_another_country(text: str, written: str) -> None:
    """A Dutch spreadsheet breaks the cells of a file with commas at semicolons."""
    assert read_table(table_bytes(["a", "b"], [[text, "c"]], "csv")).rows[0][1] == (written, "c")
    assert read_table(table_bytes(["a", "b"], [[text, "c"]], "xlsx")).rows[0][1] == (text, "c")


def test_numbers_and_days_stay_what_they_are() -> None:
    assert [guarded(one) for one in (-3, 2.5, None, True)] == [-3, 2.5, None, True]
    assert guarded(date(2027, 1, 2)) == "2027-01-02"
    assert guarded("a\x07b") == "ab"
    assert guarded("\n=1") == "'\n=1"


def test_a_file_is_cut_before_it_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(BadFile, match="more than 2 rows"):
        read_table(b"a\n" + b"1\n" * 50_000)


def test_a_number_of_a_spreadsheet_is_never_taken_for_thousands() -> None:
    read = read_table(excel(("amount", "other"), (9.265, 1234.5))).rows[0][1]
    assert (read, amount(read[0])) == (("9.2650", "1234.5"), Decimal("9.265"))
