"""Wage arithmetic and the choice of floors, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.rules.wages import (
    FloorRow,
    WageFloorResult,
    floors_for,
    hourly,
    hourly_exact,
    monthly,
    round_to,
    rows_for_place,
)

DAY = date(2026, 11, 22)
BASE = FloorRow(
    key="xx-legal",
    country="XX",
    region="",
    kind="statutory",
    status="usable",
    scope="national",
    occupation_scope="",
    condition="",
    stands_for_country=True,
    amount=Decimal("10"),
    percent_of_legal_minimum=None,
    currency="EUR",
    period="hour",
    payments_per_year=12,
    paid_days_per_week=None,
    basis="gross",
    weekly_hours=None,
    weekly_hours_kind="",
    valid_from=None,
    valid_to=None,
    source="a gazette",
    source_ref="",
    as_of="2026",
    reliability="A",
    notes="",
    origin="file",
    confirmed=False,
)
UNKNOWN = replace(BASE, key="xx-none", status="no_statutory", amount=None, period="", basis="")

amounts = st.decimals(min_value="0.01", max_value="9999999", places=2)
weeks = st.decimals(min_value="20", max_value="60", places=2)
digits = st.sampled_from([0, 2, 3])


def resolve(*rows: FloorRow, region: str = "", on: date = DAY, **options: object) -> WageFloorResult:
    values = {"normal_hours": None, "digits": 2, "currency": "EUR", **options}
    return floors_for(rows, country="XX", region=region, on=on, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "period", "hours", "payments", "days", "expected"),
    [
        ("920", "month", "40", 14, None, "6.20"),
        ("14.99", "hour", None, 12, None, "14.99"),
        ("4325", "month", "38.46154", 12, None, "25.95"),
        ("229.44", "week", "40", 12, None, "5.74"),
        ("695", "day", "48", 12, 6, "86.88"),
        ("315.04", "day", "48", 12, 7, "45.95"),
        ("31200", "year", "40", 12, None, "15.00"),
        ("100", "day", "40", 12, None, "12.50"),
    ],
)
def test_an_amount_per_hour_is_rounded_up(
    amount: str, period: str, hours: str | None, payments: int, days: int | None, expected: str
) -> None:
    exact = hourly_exact(
        Decimal(amount),
        period,
        weekly_hours=None if hours is None else Decimal(hours),
        payments=payments,
        paid_days=days,
    )
    assert round_to(exact, 2, "up") == Decimal(expected)


def test_an_offer_is_rounded_down_and_a_minimum_up() -> None:
    assert hourly(Decimal(1700), "month", 40, digits=2, rounding="down") == Decimal("9.80")
    assert hourly(Decimal(1700), "month", 40, digits=2, rounding="up") == Decimal("9.81")


def test_an_hourly_amount_per_month() -> None:
    assert monthly(Decimal("10.00"), 36, digits=2, rounding="up") == Decimal("1560.00")
    assert monthly(Decimal("6.20"), 40, digits=2, rounding="up") == Decimal("1074.67")


@pytest.mark.parametrize("hours", [None, 0, Decimal("-1")])
def test_pay_per_month_needs_hours(hours: Decimal | None) -> None:
    with pytest.raises(ValueError, match="hours a week are needed"):
        hourly_exact(Decimal(1000), "month", weekly_hours=hours)


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown pay period 'fortnight'"):
        hourly_exact(Decimal(1000), "fortnight", weekly_hours=40)


@given(amounts, weeks, st.sampled_from(["week", "month", "year"]), st.integers(12, 16), digits)
def test_a_rounded_floor_is_never_below_and_less_than_one_unit_above(
    amount: Decimal, hours: Decimal, period: str, payments: int, places: int
) -> None:
    exact = hourly_exact(amount, period, weekly_hours=hours, payments=payments)
    rounded = round_to(exact, places, "up")
    assert exact <= Fraction(rounded) < exact + Fraction(1, 10**places)


@given(amounts, amounts, weeks)
def test_a_higher_amount_never_gives_a_lower_floor(first: Decimal, second: Decimal, hours: Decimal) -> None:
    low, high = sorted([first, second])
    floors = [hourly(each, "month", hours, digits=2, rounding="up") for each in (low, high)]
    assert floors[0] <= floors[1]


@given(amounts, weeks, weeks)
def test_fewer_hours_for_the_same_month_never_give_a_lower_floor(
    amount: Decimal, a: Decimal, b: Decimal
) -> None:
    short, long = sorted([a, b])
    assert hourly(amount, "month", short, digits=2, rounding="up") >= hourly(
        amount, "month", long, digits=2, rounding="up"
    )


@given(st.decimals(min_value="0.01", max_value="500", places=2), weeks)
def test_an_hourly_amount_survives_the_way_through_the_month(amount: Decimal, hours: Decimal) -> None:
    month = monthly(amount, hours, digits=6, rounding="up")
    assert hourly(month, "month", hours, digits=2, rounding="down") == amount


def test_an_offer_has_to_be_above_the_legal_minimum_and_may_equal_the_others() -> None:
    policy = replace(BASE, key="xx-policy", kind="platform_policy", amount=Decimal("11"))
    legal_only, both = resolve(BASE), resolve(BASE, policy)
    assert not legal_only.cleared_by(Decimal("10.00"))
    assert legal_only.cleared_by(Decimal("10.01"))
    assert not both.cleared_by(Decimal("10.99"))
    assert both.cleared_by(Decimal("11.00"))
    assert both.breached_by(Decimal("9")) == both.other_floors[0]
    assert [each.kind for each in both.floors] == ["statutory", "platform_policy"]


def test_a_row_holds_from_its_first_day_until_the_day_before_its_end() -> None:
    row = replace(BASE, valid_from=date(2026, 7, 1), valid_to=date(2027, 1, 1))
    assert [resolve(row, on=day).unknown for day in (date(2026, 6, 30), date(2027, 1, 1))] == [
        "not_researched"
    ] * 2
    assert [resolve(row, on=day).unknown for day in (date(2026, 7, 1), date(2026, 12, 31))] == [None, None]


def test_the_persons_own_region_replaces_the_rest_even_where_it_is_lower() -> None:
    low = replace(BASE, key="a", region="XX-A", amount=Decimal("8"))
    high = replace(BASE, key="b", region="XX-B", amount=Decimal("12"))
    found = {
        region: resolve(BASE, low, high, region=region).effective for region in ("", "XX-A", "XX-B", "XX-C")
    }
    assert {region: floor and floor.row.key for region, floor in found.items()} == {
        "": "b",
        "XX-A": "a",
        "XX-B": "b",
        "XX-C": "xx-legal",
    }


def test_a_region_that_does_not_stand_for_the_country_counts_only_for_its_own_people() -> None:
    island = replace(BASE, key="i", region="XX-I", amount=Decimal("12"), stands_for_country=False)
    assert resolve(BASE, island).effective.row.key == "xx-legal"  # type: ignore[union-attr]
    assert resolve(BASE, island, region="XX-I").effective.row.key == "i"  # type: ignore[union-attr]
    assert resolve(UNKNOWN, island).unknown == "no_statutory"


def test_without_a_national_figure_the_highest_region_is_safe_for_every_region() -> None:
    capital = replace(BASE, key="c", region="XX-C", amount=Decimal("9"))
    average = replace(BASE, status="indicative")
    assert rows_for_place([capital], "XX-D") == [capital]
    assert resolve(average, capital, region="XX-D").effective.row.key == "c"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reliability": "D"}, "stale_source"),
        ({"status": "indicative"}, "stale_source"),
        ({"status": "net", "basis": "net"}, "net_only"),
        ({"status": "no_statutory", "amount": None, "basis": ""}, "no_statutory"),
        ({"status": "not_researched", "amount": None, "basis": ""}, "not_researched"),
    ],
)
def test_a_floor_that_cannot_be_used_is_unknown_with_its_reason(
    changes: dict[str, object], code: str
) -> None:
    result = resolve(replace(BASE, **changes))  # type: ignore[arg-type]
    assert (result.unknown, result.effective) == (code, None)
    assert not result.cleared_by(Decimal(1000))


def test_staff_make_a_stale_or_indicative_row_count_but_never_a_net_one() -> None:
    confirmed = replace(BASE, confirmed=True)
    assert resolve(replace(confirmed, reliability="D")).unknown is None
    assert resolve(replace(confirmed, status="indicative")).unknown is None
    assert resolve(replace(confirmed, status="net", basis="net")).unknown == "net_only"


def test_a_policy_makes_a_place_without_legal_minimum_known() -> None:
    policy = replace(BASE, key="p", kind="platform_policy", amount=Decimal("9.5"))
    result = resolve(UNKNOWN, policy)
    assert (result.unknown, result.legal_unknown, result.legal_minimum) == (None, "no_statutory", None)
    assert result.cleared_by(Decimal("9.50"))
    assert result.breached_by(Decimal("9.49")).row.key == "p"  # type: ignore[union-attr]


def test_an_agreement_binds_only_where_it_applies() -> None:
    agreement = replace(
        BASE,
        key="cao",
        kind="collective_agreement",
        condition="XX-CAO",
        amount=None,
        percent_of_legal_minimum=Decimal("103.85"),
    )
    free, bound = resolve(BASE, agreement), resolve(BASE, agreement, agreements=frozenset({"XX-CAO"}))
    assert (free.floors, [each.hourly for each in free.guidance]) == (
        (free.legal_minimum,),
        [Decimal("10.39")],
    )
    assert ([each.hourly for each in bound.other_floors], bound.guidance) == ([Decimal("10.39")], ())
    assert free.cleared_by(Decimal("10.01"))
    assert not bound.cleared_by(Decimal("10.01"))
    assert bound.cleared_by(Decimal("10.39"))


def test_a_conditional_legal_rate_raises_the_legal_minimum_and_never_lowers_it() -> None:
    skilled = replace(BASE, key="s", condition="XX-SKILLED", amount=Decimal("12"))
    special = replace(BASE, key="z", condition="XX-ZONE", amount=Decimal("7"))
    result = resolve(BASE, skilled, special, agreements=frozenset({"XX-SKILLED", "XX-ZONE"}))
    assert result.legal_minimum.row.key == "s"  # type: ignore[union-attr]
    lower = resolve(BASE, special, agreements=frozenset({"XX-ZONE"}))
    assert [lower.cleared_by(Decimal(pay)) for pay in ("10.00", "10.01")] == [False, True]


def test_a_percentage_without_a_legal_minimum_says_nothing() -> None:
    share = replace(BASE, key="p", kind="platform_policy", amount=None, percent_of_legal_minimum=Decimal(120))
    assert resolve(UNKNOWN, share).unknown == "no_statutory"


@pytest.mark.parametrize(
    ("kind", "normal", "basis", "expected"),
    [
        ("sourced", "42", "sourced", "5.77"),
        ("assumed", "42", "working_hours", "5.50"),
        ("assumed", None, "assumed", "5.77"),
        ("", None, "assumed", "5.77"),
    ],
)
def test_hours_come_from_the_row_then_the_normal_week_then_forty(
    kind: str, normal: str | None, basis: str, expected: str
) -> None:
    row = replace(
        BASE, amount=Decimal(1000), period="month", weekly_hours=Decimal(40) if kind == "sourced" else Decimal(52),
        weekly_hours_kind=kind,
    )  # fmt: skip
    found = resolve(row, normal_hours=None if normal is None else Decimal(normal)).legal_minimum
    assert found is not None
    assert (found.hours_basis, found.hourly) == (basis, Decimal(expected))


def test_floors_round_to_the_smallest_unit_of_the_currency() -> None:
    row = replace(
        BASE, amount=Decimal("528.32"), period="month", weekly_hours=Decimal(48), weekly_hours_kind="sourced"
    )
    assert resolve(row, digits=3).effective.hourly == Decimal("2.540")  # type: ignore[union-attr]
    assert resolve(replace(row, amount=Decimal("528.33")), digits=3).effective.hourly == Decimal("2.541")  # type: ignore[union-attr]
    assert resolve(row, digits=0).effective.hourly == Decimal("3")  # type: ignore[union-attr]
    assert [resolve(row, digits=0).cleared_by(Decimal(pay)) for pay in (3, 4)] == [False, True]


def test_the_month_that_belongs_to_a_floor() -> None:
    assert resolve(BASE, weekly_hours=Decimal(36)).monthly == Decimal("1560.00")
    assert resolve(BASE).monthly is None


def test_a_floor_can_be_stored_as_plain_values() -> None:
    facts = resolve(BASE).legal_minimum.as_facts()  # type: ignore[union-attr]
    assert facts == {
        "key": "xx-legal",
        "kind": "statutory",
        "hourly": "10.00",
        "currency": "EUR",
        "region": "",
        "scope": "national",
        "condition": "",
        "amount": "10",
        "percent_of_legal_minimum": None,
        "period": "hour",
        "weekly_hours": None,
        "hours_basis": "none",
        "valid_from": None,
        "source": "a gazette",
        "source_ref": "",
        "as_of": "2026",
        "reliability": "A",
        "demo": False,
    }
