"""Converting between currencies, with the day and source of the rate."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from reference.models import ExchangeRate
from reference.queries.rates import convert, exchange_rates
from reference.rules.rates import NoRate

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def test_through_the_euro_with_the_rates_used(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = convert(Decimal("9.00"), "EUR", "USD", DAY)
    assert (found.amount, found.currency) == (Decimal("10.05"), "USD")
    assert [(rate.currency, rate.kind, rate.reliability) for rate in found.rates] == [
        ("EUR", "definition", "A"),
        ("USD", "ecb", "A"),
    ]
    assert found.rates[1].on == date(2026, 10, 30)
    assert found.rates[1].source == "European Central Bank, euro reference rate"


def test_between_two_other_currencies() -> None:
    # 100 ZAR / 18.6455 * 71.143 = 381.556...
    assert convert(Decimal(100), "ZAR", "PHP", DAY).amount == Decimal("381.55")
    assert convert(Decimal(100), "ZAR", "PHP", DAY, rounding="up").amount == Decimal("381.56")
    assert convert(Decimal("9.00"), "EUR", "JPY", DAY).amount == Decimal("1581")


def test_nothing_is_converted_within_a_currency() -> None:
    found = convert(Decimal("9.999"), "EUR", "EUR", DAY, rounding="down")
    assert (found.amount, found.rates) == (Decimal("9.99"), ())


def test_the_newest_rate_of_the_day_counts() -> None:
    ExchangeRate.objects.create(
        currency="USD",
        on=date(2026, 11, 20),
        units_per_eur=Decimal("1.2"),
        kind="ecb",
        source="x",
        reliability="A",
    )
    assert convert(Decimal(10), "EUR", "USD", DAY).amount == Decimal("12.00")
    assert convert(Decimal(10), "EUR", "USD", date(2026, 11, 19)).amount == Decimal("11.17")


def test_no_rate_is_said_plainly() -> None:
    with pytest.raises(NoRate, match="no exchange rate for BGN on or before 2026-11-22"):
        convert(Decimal(1), "BGN", "EUR", DAY)
    with pytest.raises(NoRate, match="no exchange rate for USD on or before 2026-10-29"):
        exchange_rates(date(2026, 10, 29)).factor("USD", "EUR")
