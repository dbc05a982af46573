"""A vacancy's content as the engine's query: floors up, offers down, the same verdict as in the law's own currency."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from matching.engine import (
    EMPLOYER_BOUNDS,
    EMPLOYER_WEIGHTS,
    Bounds,
    InvalidQuery,
    Part,
    PayStatus,
    PlaceTerms,
    VacancyQuery,
    locality_share,
)
from matching.engine.columns import EMPLOYMENT, FREELANCE
from matching.queries.compiled import Team, compile_query
from matching.rules.weights import NO_POLICIES, PolicyRow, WeightPolicies
from reference.rules.rates import NoRate
from tests.factories.employers import EmployerFactory
from tests.factories.reference import WageFloorFactory
from tests.factories.vacancies import version_content
from vacancies.content import CountryRow, LanguageRow, ShiftRow, SkillRow
from vacancies.queries.pay import PayFacts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
TEAM = Team((("NL", 40),), (6,) * 8)


def compiled(team: Team = TEAM, **changes: Any) -> VacancyQuery:
    content = version_content(**{"start_date": date(2027, 2, 1)} | changes)
    return compile_query(content, team, TODAY, PayFacts.read(TODAY), NO_POLICIES)


def terms(country: str, region: str = "", **changes: Any) -> PlaceTerms:
    """What `country` gets when the vacancy hires there."""
    changes.setdefault("countries", (CountryRow(country),))
    return compiled(**changes).terms_by_place[(country, region)]


def days(moment: date) -> int:
    return (moment - date(1970, 1, 1)).days


def test_every_fact_of_the_vacancy():
    query = compiled(
        contract_form="employment", months=6, hours_week=32, zone="Europe/Amsterdam", sector_id="travel",
        channels=("phone", "chat"), customer_countries=("ES", "NL"),
        languages=(LanguageRow("en", 4, weight=3), LanguageRow("nl", 3, must=False)),
        skills=(SkillRow("crm", must=True, minimum=2), SkillRow("rome_art", weight=4)),
        shifts=(ShiftRow(0, 540, 480), ShiftRow(1, 1320, 480, must=True), ShiftRow(2, 540, 960)),
    )  # fmt: skip
    assert query.contract_form == EMPLOYMENT
    assert (query.start_day, query.end_day) == (days(date(2027, 2, 1)), days(date(2027, 7, 31)))
    assert (query.contract_months, query.hours_week) == (6, 1920)
    assert [(one.code, one.level, one.weight) for one in query.languages] == [("en", 4, 3)]
    assert [(one.code, one.level) for one in query.nice_languages] == [("nl", 3)]
    assert [(one.code, one.minimum) for one in query.must_skills] == [("crm", 2)]
    assert [(one.code, one.weight) for one in query.wanted_skills] == [("rome_art", 4)]
    assert [(b.weekday, b.start_minute, b.duration_minutes, b.must) for b in query.shifts] == [
        (0, 540, 480, False), (1, 1320, 480, True), (2, 540, 960, False),
    ]  # fmt: skip
    assert (query.zone, query.sector, query.channels) == ("Europe/Amsterdam", "travel", ("phone", "chat"))
    assert [one.country for one in query.customer_countries] == ["ES", "NL"]
    assert [(one.country, one.weight) for one in query.team_countries] == [("NL", 40)]
    assert query.weights == EMPLOYER_WEIGHTS


def test_a_freelance_vacancy():
    assert compiled(contract_form="freelance").contract_form == FREELANCE


def test_the_team_counts_only_where_culture_is_asked():
    assert compiled(culture_wanted=False).organisation is None
    assert compiled(culture_wanted=True).organisation == (6,) * 8
    wanted = compiled(culture_wanted=True, locality_wanted=True, locality_for="advice")
    assert wanted.locality_wanted
    assert wanted.locality_share == locality_share([40])


def test_people_in_no_row_live_in_the_company_s_own_country():
    assert Team.of(EmployerFactory(headcount=40)).staff == (("NL", 40),)
    assert Team.of(EmployerFactory(headcount=40, staff={"NL": 10, "PT": 5})).staff == (("NL", 35), ("PT", 5))
    assert Team.of(EmployerFactory(headcount=40, staff={"PT": 5})).staff == (("NL", 35), ("PT", 5))
    assert Team.of(EmployerFactory(undescribed=True)).work_style is None


def test_a_start_that_is_not_filled_in_is_today():
    assert compiled(start_date=None).start_day == days(TODAY)


def test_nine_euros_in_portugal_and_in_the_netherlands():
    nine = {"pay_min": Decimal("9.00"), "pay_max": Decimal("9.00")}
    portugal, netherlands = terms("PT", **nine), terms("NL", **nine)
    assert (portugal.legal_floor, portugal.offer_low, portugal.pay_status) == (62_000, 90_000, PayStatus.OK)
    assert netherlands.legal_floor == 149_900
    assert netherlands.pay_status == PayStatus.BELOW_FLOOR


@pytest.mark.parametrize(
    ("pay", "status"), [("6.20", "below_floor"), ("6.21", "ok"), ("6.19", "below_floor")]
)
def test_an_offer_equal_to_the_legal_minimum_is_refused(pay, status):
    assert terms("PT", pay_min=Decimal(pay), pay_max=Decimal("9.00")).pay_status == status


@pytest.mark.parametrize(
    ("country", "currency", "floor", "above"),
    [("ZA", "ZAR", "30.23", "30.24"), ("PH", "PHP", "86.88", "86.89"), ("CO", "COP", "9620.36", "9620.37")],
)
def test_an_offer_in_the_country_s_own_currency_is_judged_as_the_law_judges_it(
    country, currency, floor, above
):
    """One unit above the legal minimum is less than the engine's unit of 1/10000 EUR in some currencies."""

    def own(amount: str) -> tuple[CountryRow, ...]:
        return (CountryRow(country, Decimal(amount), Decimal(amount), currency),)

    assert terms(country, countries=own(floor)).pay_status == PayStatus.BELOW_FLOOR
    assert terms(country, countries=own(above)).pay_status == PayStatus.OK


def test_another_floor_is_reached_by_an_offer_of_just_that_amount():
    """Rounded up as a floor it would be out of reach of the same amount rounded down as an offer."""
    WageFloorFactory(policy=True, country_id="ZA", currency="ZAR", amount=Decimal("91.37"))

    def offering(amount: str) -> PlaceTerms:
        return terms("ZA", countries=(CountryRow("ZA", Decimal(amount), Decimal(amount), "ZAR"),))

    exact = offering("91.37")
    assert exact.pay_status == PayStatus.OK
    assert exact.offer_low == exact.other_floor <= exact.offer_high
    assert offering("91.36").pay_status == PayStatus.BELOW_FLOOR


def test_floors_are_rounded_up_and_offers_down():
    """At 18.6455 ZAR to the euro: 30.23 ZAR is €1.62130…, 40 ZAR is €2.14529…."""
    found = terms("ZA", countries=(CountryRow("ZA", Decimal(40), Decimal(40), "ZAR"),))
    assert (found.legal_floor, found.offer_low, found.offer_high) == (16_214, 21_452, 21_452)


def test_a_country_s_own_range_stands_beside_the_others():
    query = compiled(
        pay_min=Decimal(16), pay_max=Decimal(18), countries=(CountryRow("NL"), CountryRow("PT", Decimal(9), Decimal(10)))
    )  # fmt: skip
    by_country = {one.country: (one.offer_low, one.offer_high) for one in query.places if not one.region}
    assert by_country == {"NL": (160_000, 180_000), "PT": (90_000, 100_000)}


def test_pay_a_month_is_spread_over_the_vacancy_s_hours():
    """1,800 a month at 32 hours a week: 1,800 x 12 / (52 x 32) = 12.9807… an hour, down to the cent."""
    found = terms("PT", pay_min=Decimal(1800), pay_max=Decimal(2000), pay_period="month", hours_week=32)
    assert (found.offer_low, found.offer_high) == (129_800, 144_200)


def test_regions_with_rates_of_their_own():
    """The Azores and Madeira have higher legal minimums; somebody who named no region gets the national row."""
    query = compiled(countries=(CountryRow("PT"),), pay_min=Decimal("6.50"), pay_max=Decimal("7.00"))
    found = {one.region: one.legal_floor for one in query.places}
    floors = PayFacts.read(TODAY).floors
    assert found[""] == 62_000
    for region in ("PT-20", "PT-30"):
        assert found[region] == floors.get("PT", region).legal_minimum.hourly * 10_000 > 62_000
    assert query.terms_for(("PT", "PT-11")).legal_floor == 62_000


def test_an_unknown_floor_is_neither_enough_nor_too_little():
    found = terms("RS")
    assert not found.floor_known
    assert (found.legal_floor, found.other_floor, found.pay_status) == (0, 0, PayStatus.FLOOR_UNKNOWN)


def test_the_market_band_where_a_source_has_one():
    """The Philippines: 72.11 to 120.19 PHP an hour at 71.143 to the euro."""
    found = terms("PH", pay_min=Decimal(5), pay_max=Decimal(6))
    assert (found.market_low, found.market_high) == (10_135, 16_894)
    assert terms("PT").market_high == 0


def test_weights_follow_the_policy_of_the_kind_of_work():
    narrow = {**EMPLOYER_BOUNDS, Part.LANGUAGE: Bounds(usual=20, least=15, most=30)}
    policies = WeightPolicies({"5244": PolicyRow(1, "5244", TODAY, narrow)})
    chosen = {"language": 4, "time": 0}
    for occupation, language in (("5244", 30), ("3512", 60)):
        content = version_content(occupation_id=occupation, weights=chosen)
        weights = compile_query(content, TEAM, TODAY, PayFacts.read(TODAY), policies).weights
        assert (weights.language, weights.time, weights.pay) == (language, 5, 0)


def test_a_currency_without_a_rate_is_named():
    with pytest.raises(NoRate, match="XTS"):
        compiled(pay_currency="XTS")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"shifts": ()}, "shifts: has no shift block"),
        ({"hours_week": None}, "hours_week"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"countries": ()}, "places: has no country"),
        ({"pay_min": None}, "places: has no country"),
    ],
)
def test_what_is_missing_or_impossible_is_named(changes, fault):
    with pytest.raises(InvalidQuery, match=fault):
        compiled(**changes)


def test_with_the_facts_of_the_day_no_query_is_needed(django_assert_num_queries):
    facts, content = PayFacts.read(TODAY), version_content(start_date=TODAY + timedelta(days=30))
    with django_assert_num_queries(0):
        compile_query(content, TEAM, TODAY, facts, NO_POLICIES)
