"""The offer of each country against its wage floors."""

from datetime import date
from decimal import Decimal

import pytest

from reference.rules.rates import NoRate
from tests.factories.vacancies import version_content
from vacancies.content import CountryRow
from vacancies.enums import CountryPayState
from vacancies.queries.pay import PayFacts, country_offers
from vacancies.rules.pay import CountryOffer, passes_somewhere

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def offers(
    *countries: str | CountryRow, low: str = "9.00", high: str = "9.00", **changes
) -> dict[str, CountryOffer]:
    rows = tuple(row if isinstance(row, CountryRow) else CountryRow(row) for row in countries)
    content = version_content(countries=rows, pay_min=Decimal(low), pay_max=Decimal(high), **changes)
    return {offer.country: offer for offer in country_offers(content, TODAY)}


def test_nine_euros_stays_above_in_portugal_and_below_in_the_netherlands() -> None:
    found = offers("PT", "NL")
    assert found["PT"].state == CountryPayState.OK
    assert found["PT"].whole.floors.effective.hourly == Decimal("6.20")
    assert found["NL"].state == CountryPayState.BELOW
    assert found["NL"].whole.breached.hourly == Decimal("14.99")
    assert found["NL"].whole.breached.row.source != ""
    assert passes_somewhere(found.values())


@pytest.mark.parametrize(
    ("low", "state"),
    [("6.19", CountryPayState.BELOW), ("6.20", CountryPayState.BELOW), ("6.21", CountryPayState.OK)],
)
def test_pay_has_to_be_strictly_above_the_legal_minimum(low: str, state: str) -> None:
    assert offers("PT", low=low)["PT"].state == state


def test_an_unknown_floor_is_a_third_outcome_that_never_passes() -> None:
    found = offers("RS", low="50.00", high="60.00")
    assert found["RS"].state == CountryPayState.UNKNOWN
    assert found["RS"].whole.floors.unknown == "net_only"
    assert not passes_somewhere(found.values())


def test_a_country_without_facts_is_unknown() -> None:
    assert offers("AD", low="50.00", high="60.00")["AD"].whole.floors.unknown == "not_researched"


def test_monthly_pay_becomes_hourly_by_the_hours_a_week() -> None:
    # 1,075 x 12 / (40 x 52) = 6.2019…, rounded down 6.20: not above. With 38 hours: 6.528…
    monthly = {"pay_period": "month", "low": "1075.00", "high": "1200.00"}
    assert offers("PT", hours_week=40, **monthly)["PT"].whole.low == Decimal("6.20")
    assert offers("PT", hours_week=40, **monthly)["PT"].state == CountryPayState.BELOW
    assert offers("PT", hours_week=38, **monthly)["PT"].whole.low == Decimal("6.52")
    assert offers("PT", hours_week=38, **monthly)["PT"].state == CountryPayState.OK


def test_without_hours_a_week_forty_are_taken() -> None:
    found = offers("PT", hours_week=None, pay_period="month", low="2080.00", high="2080.00")
    assert found["PT"].whole.low == Decimal("12.00")


def test_a_country_pays_its_own_range_in_another_currency() -> None:
    own = CountryRow("GB", Decimal("14.00"), Decimal("16.00"), "GBP")
    found = offers("PT", own)
    assert (found["GB"].whole.low, found["GB"].whole.high) == (Decimal("14.00"), Decimal("16.00"))
    assert found["GB"].whole.currency == "GBP"
    assert found["GB"].whole.rate == ""
    assert found["PT"].whole.low == Decimal("9.00")


def test_another_currency_is_converted_with_the_rate_and_its_day() -> None:
    place = offers("CO")["CO"].whole
    rate = PayFacts.read(TODAY, ["CO"]).rates.rate("COP")
    assert place.low == (Decimal(9) * rate.units_per_eur).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
    assert place.rate == rate.on.isoformat()


def test_a_currency_without_rate_is_an_error() -> None:
    with pytest.raises(NoRate):
        offers("KP")


def test_people_in_a_region_are_judged_by_its_own_floor() -> None:
    found = offers("CA", low="12.00", high="13.00")["CA"]
    states = {place.region: place.state for place in found.regions}
    assert len(states) == 13
    assert found.state == CountryPayState.BELOW  # nobody said which province: the highest holds
    assert states["CA-NU"] == CountryPayState.BELOW
    assert states["CA-ON"] == CountryPayState.OK
    assert found.regions_decide
    assert passes_somewhere([found])


def test_only_some_swiss_cantons_have_a_floor() -> None:
    found = offers("CH", low="30.00", high="32.00")["CH"]
    states = {place.region: place.state for place in found.regions}
    assert found.state == CountryPayState.UNKNOWN
    assert states["CH-GE"] == CountryPayState.OK
    assert states["CH-ZH"] == CountryPayState.UNKNOWN
    assert len(states) == 26


def test_regions_with_one_floor_stand_together_the_highest_first() -> None:
    groups = offers("CA", low="12.00", high="13.00")["CA"].region_groups
    floors = [group[0].floors.effective.hourly for group in groups]
    assert floors == sorted(floors, reverse=True)
    assert sum(len(group) for group in groups) == 13


def test_every_country_at_once_takes_five_queries(django_assert_num_queries) -> None:
    content = version_content(
        countries=tuple(CountryRow(code) for code in ("CA", "CH", "NL", "PT", "US", "ZA"))
    )
    with django_assert_num_queries(5):
        assert len(country_offers(content, TODAY)) == 6


def test_facts_read_once_serve_any_number_of_vacancies(django_assert_num_queries) -> None:
    facts = PayFacts.read(TODAY)
    with django_assert_num_queries(0):
        for _vacancy in range(5):
            country_offers(version_content(), TODAY, facts)


def test_usual_pay_stands_beside_the_floor_where_a_source_says_so() -> None:
    found = offers("PH", "PT")
    assert found["PH"].market.currency == "PHP"
    assert found["PH"].market.low < found["PH"].market.high
    assert found["PH"].market.low_row.source
    assert found["PT"].market is None


def test_an_unfinished_range_has_no_offers() -> None:
    assert country_offers(version_content(pay_min=None), TODAY) == []
    assert country_offers(version_content(countries=()), TODAY) == []


def test_what_is_stored_beside_the_state_can_be_read_by_itself() -> None:
    stored = offers("NL")["NL"].facts()
    assert stored["low"] == "9.00"
    assert stored["currency"] == "EUR"
    assert stored["floors"][0]["hourly"] == "14.99"
    assert stored["floors"][0]["source"]
    assert stored["unknown"] is None
