"""What cells are understood to say."""

from datetime import date
from decimal import Decimal

import pytest

from common.tables.cells import BadCell, amount, day, one_of, several, text, whole


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("6.50", "6.50"),
        ("6,50", "6.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("-3", "-3"),
        ("12345,6", "12345.6"),
        ("1.2340", "1.234"),
        ("0.234", "0.234"),
        ("1234.567", "1234.567"),
    ],
)
def test_amounts(cell: str, value: str) -> None:
    assert amount(cell) == Decimal(value)


@pytest.mark.parametrize("cell", ["1,234", "1.234", "-12.500", "six", "1.2.3,4,5", "€ 6", "1e5", "--3", "٣"])
def test_no_amounts(cell: str) -> None:
    with pytest.raises(BadCell):
        amount(cell)


@pytest.mark.parametrize("cell", ["2027-02-01", "1-2-2027", "01/02/2027", "1.2.2027", "2027-02-01 00:00:00"])
def test_days(cell: str) -> None:
    assert day(cell) == date(2027, 2, 1)


@pytest.mark.parametrize("cell", ["2027-02-30", "31-13-2027", "02/2027", "soon", "2027-02-01 09:30"])
def test_no_days(cell: str) -> None:
    with pytest.raises(BadCell):
        day(cell)


def test_whole_numbers() -> None:
    assert (whole("32"), whole("32,0")) == (32, 32)
    for cell in ("32,5", "99999999999"):
        with pytest.raises(BadCell):
            whole(cell)


def test_one_of_some_by_code_or_name() -> None:
    read = one_of(lambda: {"NL": "Netherlands", "PT": "Portugal"})
    assert (read("nl"), read("portugal")) == ("NL", "PT")
    with pytest.raises(BadCell, match="Known are: NL, PT"):
        read("XX")
    assert several(read)("NL; portugal |nl,") == ("NL", "PT", "NL")


def test_length() -> None:
    with pytest.raises(BadCell, match="At most 3 characters"):
        text(3)("four")
