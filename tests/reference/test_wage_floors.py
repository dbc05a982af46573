"""Wage floors from the loaded facts: exact amounts, dates, regions and reasons."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test.utils import override_settings
from pytest_django import DjangoAssertNumQueries

from reference.models import Country, WageFloor
from reference.queries.market import market_bands
from reference.queries.wages import wage_floor, wage_floors
from tests.factories.reference import WageFloorFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("country", "region", "hourly", "currency", "basis"),
    [
        ("PT", None, "6.20", "EUR", "sourced"),
        ("PT", "PT-11", "6.20", "EUR", "sourced"),
        ("PT", "PT-20", "6.51", "EUR", "sourced"),
        ("PT", "PT-30", "6.52", "EUR", "sourced"),
        ("NL", None, "14.99", "EUR", "none"),
        ("DE", None, "13.90", "EUR", "none"),
        ("BE", None, "13.30", "EUR", "sourced"),
        ("ES", None, "8.22", "EUR", "sourced"),
        ("GR", None, "6.20", "EUR", "assumed"),
        ("EE", None, "5.67", "EUR", "none"),
        ("BG", None, "3.74", "EUR", "none"),
        ("MT", None, "5.74", "EUR", "sourced"),
        ("RO", None, "25.95", "RON", "sourced"),
        ("TN", None, "2.586", "TND", "sourced"),
        ("AL", None, "289", "ALL", "sourced"),
        ("UY", None, "126.92", "UYU", "sourced"),
        ("TR", None, "190.56", "TRY", "assumed"),
        ("ZA", None, "30.23", "ZAR", "none"),
        ("PH", None, "86.88", "PHP", "sourced"),
        ("PH", "PH-07", "86.88", "PHP", "sourced"),
        ("GH", None, "2.73", "GHS", "assumed"),
        ("MX", None, "64.30", "MXN", "sourced"),
        ("MX", "MX-CMX", "45.95", "MXN", "sourced"),
        ("MX", "MX-BCN", "64.30", "MXN", "sourced"),
        ("CA", None, "20.17", "CAD", "none"),
        ("CA", "CA-ON", "17.95", "CAD", "none"),
        ("CA", "CA-AB", "15.00", "CAD", "none"),
        ("CH", "CH-GE", "24.59", "CHF", "none"),
        ("BA", "BA-SRP", "8.52", "BAM", "assumed"),
        ("NG", None, "490.39", "NGN", "assumed"),
        ("NG", "NG-KN", "403.85", "NGN", "assumed"),
        ("JP", None, "1280", "JPY", "none"),
        ("JP", "JP-27", "1280", "JPY", "none"),
        ("KR", None, "10320", "KRW", "none"),
        ("VN", None, "25529", "VND", "sourced"),
    ],
)
def test_the_legal_minimum_of_a_place(
    country: str, region: str | None, hourly: str, currency: str, basis: str
) -> None:
    found = wage_floor(country, region, DAY).legal_minimum
    assert found is not None
    assert (str(found.hourly), found.currency, found.hours_basis) == (hourly, currency, basis)


@pytest.mark.parametrize(
    ("country", "region", "day", "hourly"),
    [
        ("NL", None, date(2026, 1, 1), "14.71"),
        ("NL", None, date(2026, 6, 30), "14.71"),
        ("NL", None, date(2026, 7, 1), "14.99"),
        ("DE", None, date(2026, 12, 31), "13.90"),
        ("DE", None, date(2027, 1, 1), "14.60"),
        ("PL", None, date(2025, 12, 31), None),
        ("PL", None, date(2026, 1, 1), "27.73"),
        ("RO", None, date(2026, 6, 30), "23.37"),
        ("RO", None, date(2026, 7, 1), "25.95"),
        ("KE", None, date(2026, 4, 30), None),
        ("KE", None, date(2026, 5, 1), "160.37"),
        ("FR", None, date(2026, 5, 31), "12.02"),
        ("FR", None, date(2026, 6, 1), "12.31"),
        ("XK", None, date(2026, 6, 30), "2.46"),
        ("XK", None, date(2026, 7, 1), "3.00"),
    ],
)
def test_the_row_of_the_day_holds(country: str, region: str | None, day: date, hourly: str | None) -> None:
    found = wage_floor(country, region, day)
    assert (found.effective and str(found.effective.hourly)) == hourly
    assert found.unknown == (None if hourly else "not_researched")


def test_portugal_and_the_netherlands_decide_an_offer_of_nine_euro() -> None:
    portugal, netherlands = wage_floor("PT", None, DAY, 40), wage_floor("NL", None, DAY, 40)
    assert portugal.cleared_by(Decimal("9.00"))
    assert not portugal.cleared_by(Decimal("6.20"))
    assert portugal.cleared_by(Decimal("6.21"))
    assert portugal.monthly == Decimal("1074.67")
    assert not netherlands.cleared_by(Decimal("9.00"))
    assert netherlands.breached_by(Decimal("9.00")).row.source.startswith("nothingtosurprise")  # type: ignore[union-attr]


def test_the_contact_centre_agreement_is_guidance_until_the_vacancy_says_that_it_applies() -> None:
    free = wage_floor("NL", None, DAY)
    assert [(each.kind, each.hourly) for each in free.guidance] == [
        ("collective_agreement", Decimal("15.57"))
    ]
    assert free.cleared_by(Decimal("15.00"))
    bound = wage_floor("NL", None, DAY, agreements=frozenset({"NL-CAO-FCC"}))
    assert bound.effective.hourly == Decimal("15.57")  # type: ignore[union-attr]
    assert (bound.cleared_by(Decimal("15.56")), bound.cleared_by(Decimal("15.57"))) == (False, True)
    january = wage_floor("NL", None, date(2026, 1, 1), agreements=frozenset({"NL-CAO-FCC"}))
    assert january.effective.hourly == Decimal("15.28")  # type: ignore[union-attr]
    later = wage_floor("NL", None, date(2027, 1, 1), agreements=frozenset({"NL-CAO-FCC"}))
    assert later.effective.hourly == Decimal("15.59")  # type: ignore[union-attr]


def test_telephone_operators_in_kenya_have_a_rate_that_binds() -> None:
    found = wage_floor("KE", None, DAY).legal_minimum
    assert found is not None
    assert found.row.occupation_scope == "receptionists, telephone operators, general clerks"
    assert (found.row.amount, found.row.reliability) == (Decimal("27796.51"), "C")


def test_twenty_one_countries_have_no_usable_gross_amount_and_one_has_a_stale_one() -> None:
    table = wage_floors(None, DAY)
    codes = {
        code: table.get(code).unknown
        for code in Country.objects.filter(researched=True).values_list("pk", flat=True)
    }
    assert len(codes) == 95
    stale = {code for code, why in codes.items() if why == "stale_source"}
    assert stale == {"CN"}
    assert {code: why for code, why in codes.items() if why and code not in stale} == {
        "AE": "no_statutory", "AT": "no_statutory", "AW": "not_researched", "BA": "net_only", "BD": "not_researched",
        "CH": "no_statutory", "DK": "no_statutory", "ET": "no_statutory", "FI": "no_statutory", "GE": "no_statutory",
        "HK": "not_researched", "IN": "not_researched", "IS": "no_statutory", "IT": "no_statutory", "MK": "net_only",
        "NO": "no_statutory", "RS": "net_only", "RW": "no_statutory", "SE": "no_statutory", "SG": "not_researched",
        "UG": "not_researched",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("country", "region", "code"),
    [
        ("IN", "IN-DL", "stale_source"),
        ("ID", "ID-JB", "stale_source"),
        ("BA", "BA-BIH", "net_only"),
        ("BA", "BA-BRC", "net_only"),
        ("CH", "CH-ZH", "no_statutory"),
        ("CH", "CH-TI", "not_researched"),
        ("VE", None, "not_researched"),
    ],
)
def test_why_a_place_is_unknown(country: str, region: str | None, code: str) -> None:
    found = wage_floor(country, region, DAY)
    assert (found.unknown, found.effective, found.cleared_by(Decimal(99999))) == (code, None, False)


@override_settings(DEMO=True)
def test_demo_policies_make_every_researched_country_known() -> None:
    call_command("load_facts", demo_policies=True, verbosity=0)
    table = wage_floors(None, DAY)
    researched = Country.objects.filter(researched=True).values_list("pk", flat=True)
    assert [code for code in researched if table.get(code).unknown] == []
    italy = table.get("IT")
    assert [(each.kind, str(each.hourly), each.as_facts()["demo"]) for each in italy.floors] == [
        ("platform_policy", "9.50", True)
    ]
    assert italy.legal_unknown == "no_statutory"
    assert italy.cleared_by(Decimal("9.50"))


@pytest.mark.parametrize("region", ["DE-BE", "PT", "XX-1"])
def test_a_region_of_another_country_is_refused(region: str) -> None:
    with pytest.raises(ValueError, match="is no region of PT"):
        wage_floor("PT", region, DAY)


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(ValueError, match="no country 'ZZ'"):
        wage_floor("ZZ", None, DAY)


def test_withdrawn_rows_say_nothing() -> None:
    row = WageFloorFactory()
    assert wage_floor("AD", None, DAY).effective.hourly == Decimal("8.00")  # type: ignore[union-attr]
    WageFloor.objects.filter(pk=row.pk).update(withdrawn_at="2026-11-01T00:00Z")
    assert wage_floor("AD", None, DAY).unknown == "not_researched"


def test_all_floors_of_all_places_take_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        wage_floor("PT", None, DAY)
    with django_assert_num_queries(2):
        table = wage_floors(None, DAY, 36)
        found = [table.get(*place) for place in table.places()]
    assert len(found) == 243 + 39
    assert {place.weekly_hours for place in found} == {Decimal(36)}


def test_every_floor_is_in_the_currency_of_its_country() -> None:
    wrong = [
        row.key for row in WageFloor.objects.select_related("country") if row.currency != row.country.currency
    ]
    assert wrong == []


def test_the_market_band_of_the_united_states_is_its_middle_half() -> None:
    band = market_bands(["US"])["US"]
    assert (band.low, band.high, band.currency) == (Decimal("17.72"), Decimal("24.89"), "USD")
    assert band.low_row.source.startswith("BLS OEWS May 2025")


def test_a_monthly_market_range_is_turned_into_hours_with_the_normal_week() -> None:
    band = market_bands(["PH"])["PH"]
    assert (band.low, band.high) == (Decimal("72.11"), Decimal("120.19"))


def test_most_countries_have_no_market_band(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert sorted(market_bands(["US", "PT", "PH", "NL"])) == ["PH", "US"]
