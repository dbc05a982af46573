"""One that fails keeps no other from being done."""

import pytest

from common.sweeping import each_by_itself


def halved(number: int) -> int:
    if number % 2:
        raise ArithmeticError(f"{number} is odd")
    return number // 2


def test_what_fails_is_logged_and_left(caplog: pytest.LogCaptureFixture) -> None:
    assert each_by_itself([3, 4, 5, 6], halved) == [2, 3]
    assert [record.getMessage() for record in caplog.records] == [
        "left for the next sweep: 3",
        "left for the next sweep: 5",
    ]
    assert "5 is odd" in caplog.text


def test_nothing_to_do() -> None:
    assert each_by_itself(iter(()), halved) == []
