"""Which pay can be meant."""

from decimal import Decimal

import pytest

from reference.rules.plausible_pay import is_absurd, is_trifling, pay_eur_hour


@pytest.mark.parametrize(
    ("amount", "period", "units", "eur"),
    [
        ("9.00", "hour", "1", "9.00"),
        ("72.00", "day", "1", "9.00"),
        ("360.00", "week", "1", "9.00"),
        ("1560.00", "month", "1", "9.00"),
        ("18720.00", "year", "1", "9.00"),
        ("640.00", "hour", "64", "10.00"),
    ],
)
def test_pay_in_euros_an_hour(amount, period, units, eur):
    assert pay_eur_hour(Decimal(amount), period, Decimal(units)) == Decimal(eur)


def test_absurd_pay():
    assert not is_absurd(Decimal("250.00"))
    assert is_absurd(Decimal("250.01"))


def test_trifling_pay():
    assert not is_trifling(Decimal("0.05"))
    assert is_trifling(Decimal("0.04"))
