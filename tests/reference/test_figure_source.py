"""Where a figure comes from, beside the figure."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from reference.models import ExchangeRate, MarketPay, WageFloor, WorkingHours
from reference.queries.rates import convert
from reference.queries.wages import wage_floor
from reference.templatetags.reference import amount_in
from tests.factories.reference import WageFloorFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def shown(source: str, **context: object) -> str:
    return re.sub(r"[ \n]+", " ", Template("{% load reference %}" + source).render(Context(context)))


def test_a_worked_out_floor_shows_what_it_rests_on() -> None:
    html = shown(
        "{{ floor|hourly_amount }} {% figure_source floor %}", floor=wage_floor("PT", None, DAY).effective
    )
    assert html.startswith("€6.20 per hour <details")
    assert "Source of" in html
    assert "reliability A" in html
    assert "€920.00 per month, 14 times a year" in html
    assert "40 · hours stated by the source" in html
    assert "Decreto-Lei 139/2025" in html
    assert "A: two sources or the legal text" in html
    assert "style=" not in html


def test_an_assumption_is_said() -> None:
    html = shown("{% figure_source floor %}", floor=wage_floor("TR", None, DAY).effective)
    assert "40 · 40 hours a week assumed" in html


def test_a_stored_row_shows_its_link_and_period() -> None:
    row = WageFloor.objects.get(key="de-legal-hour-2026-01-01")
    html = shown("{% figure_source row %}", row=row)
    assert 'href="https://www.sueddeutsche.de/' in html
    assert 'rel="noreferrer noopener"' in html
    assert "until before" in html


def test_only_web_addresses_become_links() -> None:
    row = WageFloorFactory(source_ref="javascript:alert(1)", source="<b>Gazette</b>")
    html = shown("{% figure_source row %}", row=row)
    assert "<a " not in html
    assert "&lt;b&gt;Gazette&lt;/b&gt;" in html


def test_a_percentage_and_an_example_say_so() -> None:
    agreement = WageFloor.objects.get(key="nl-agreement-nl-cao-fcc-hour-2026-01-01")
    assert "103.85\N{NO-BREAK SPACE}% of the legal minimum" in shown("{% figure_source row %}", row=agreement)
    assert "example" in shown("{% figure_source row %}", row=WageFloorFactory(policy=True, origin="demo"))


def test_rates_hours_and_market_pay_have_sources_too() -> None:
    rate = convert(Decimal(1), "EUR", "USD", DAY).rates[1]
    for fact in (
        rate,
        ExchangeRate.objects.get(currency="USD"),
        WorkingHours.objects.get(country="PT"),
        MarketPay.objects.filter(country="US")[0],
    ):
        html = shown("{% figure_source fact %}", fact=fact)
        assert fact.source in html
        assert "Reliability" in html


@pytest.mark.parametrize(
    ("value", "words"), [("2026", "2026"), ("2026-11", "November 2026"), ("", "")]
)  # fmt: skip
def test_dates_are_as_precise_as_their_source(value: str, words: str) -> None:
    assert shown("{{ value|as_of }}", value=value) == words


def test_names_and_words_in_the_readers_language() -> None:
    template = "{{ 'DE'|country_name }} {{ 'fr'|language_name }} {{ 'net_only'|unknown_floor }} {{ 'statutory'|floor_kind }}"
    assert shown(template) == (
        "Germany French only an amount after tax is known, which cannot be compared with pay before tax legal minimum"
    )
    with override("nl"):
        assert shown("{{ 'DE'|country_name }} {{ 'fr'|language_name }}") == "Duitsland Frans"


def test_amounts_keep_the_decimals_of_their_source() -> None:
    tunisia = WageFloor.objects.get(key="tn-legal-40h-month-2025-01-01")
    assert "448.238 per month" in shown("{% figure_source row %}", row=tunisia)


def test_a_code_stands_apart_from_its_figure() -> None:
    assert amount_in("ZAR", Decimal("30.23"), "hour") == "ZAR\u00a030.23 per hour"
    assert amount_in("EUR", Decimal("6.20"), "hour") == "€6.20 per hour"
