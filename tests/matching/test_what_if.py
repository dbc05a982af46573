"""The bench on what somebody types: exact counts, gaps that are named, prices that ranking the changed vacancy confirms."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.engine import Gate, rank
from matching.queries.compiled import Team
from matching.queries.known import Known, known
from matching.queries.told import rounded
from matching.queries.what_if import Preview, Price, preview
from matching.words.what_if import change_words, in_a_sentence, signed
from reference.enums import CEFRLevel
from reference.models import Country, ExchangeRate
from tests.factories.matching import measured_person
from tests.factories.vacancies import version_content
from tests.standing import standing
from vacancies.content import CountryRow, LanguageRow, ShiftRow, SkillRow, VersionContent

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
TEAM = Team((("NL", 40),), None)
START = date(2027, 2, 1)
EMPTY = VersionContent(title="")


def content(**changes: Any) -> VersionContent:
    return version_content(**{"start_date": START, "skills": (), "countries": (CountryRow("PT"),)} | changes)


def previewed(what: VersionContent, team: Team = TEAM) -> Preview:
    return preview(what, team, known(TODAY))


def price(found: Preview, kind: str, **details: Any) -> Price:
    (one,) = [each for each in found.prices if each.kind == kind and details.items() <= each.details.items()]
    return one


def ranked(what: VersionContent, team: Team = TEAM) -> int:
    """Eligible people when `what` is compiled and ranked as a published vacancy is."""
    held: Known = known(TODAY)
    return rank(held.pool, held.facts.query_for(what, team)).eligible


def six() -> None:
    """People: three in Portugal with English at C1, B2 and B1, one there who asks more than is paid, two abroad."""
    for level in (CEFRLevel.C1, CEFRLevel.B2, CEFRLevel.B1):
        measured_person(level, in_portugal=True)
    measured_person(in_portugal=True, minimum_pay=Decimal("18.40"), wished_pay=Decimal("20.00"))
    for country, zone in (("ES", "Europe/Madrid"), ("PL", "Europe/Warsaw")):
        measured_person(country_id=country, zone=zone)


people = standing(six, "class")


@pytest.mark.usefixtures("people")
class TestAWholeVacancy:
    def test_who_is_eligible_and_where_people_are_lost(self) -> None:
        found = previewed(content())
        assert (found.found.waterfall.everyone, found.found.eligible) == (6, 2)
        lost = {gate: count for gate, count in found.found.waterfall.by_gate().items() if count}
        assert lost == {Gate.COUNTRY: 2, Gate.LANGUAGE: 1, Gate.PAY: 1}
        assert sum(found.found.histogram) == 2
        assert (found.open_gates, found.needed) == ((), {})
        assert in_a_sentence(rounded(found)) == "Fewer than 5 people eligible now."

    def test_the_price_of_each_requirement_is_what_the_changed_vacancy_would_rank(self) -> None:
        what = content()
        found = previewed(what)
        euro = Decimal("0.50")
        typed = {
            "contract_form": {"contract_form": "freelance"},
            "language_easier": {"languages": (LanguageRow("en", CEFRLevel.B1),)},
            "language_dropped": {"languages": ()},
            "pay": {"pay_min": Decimal(16) + euro, "pay_max": Decimal(18) + euro},
            "shift_shorter": {"shifts": tuple(ShiftRow(day, 540, 360) for day in range(5)), "hours_week": 30},
            "shift_later": {"shifts": tuple(ShiftRow(day, 660, 480) for day in range(5))},
            "shift_earlier": {"shifts": tuple(ShiftRow(day, 420, 480) for day in range(5))},
            "hours_fewer": {"hours_week": 28},
        }
        for kind, change in typed.items():
            one = price(found, kind)
            assert (kind, one.eligible) == (kind, ranked(content(**change)))
            assert one.more == one.eligible - 2
        for country in ("ES", "PL"):
            hired = content(countries=(CountryRow(country), CountryRow("PT")))
            assert price(found, "country", country=country).eligible == ranked(hired) == 3
        assert {one.kind for one in found.prices} == {*typed, "country"}

    def test_what_brings_most_comes_first(self) -> None:
        changes = [one.more for one in previewed(content()).prices]
        assert changes == sorted(changes, reverse=True)
        assert changes[0] == 1
        assert changes[-1] == -2  # nobody here takes freelance work

    def test_skills_and_blocks_that_must_be_covered(self) -> None:
        what = content(
            skills=(SkillRow("crm", must=True, minimum=2),),
            shifts=(*(ShiftRow(day, 540, 480) for day in range(4)), ShiftRow(4, 20 * 60, 480, must=True)),
        )
        measured_person(in_portugal=True, skills={"crm": 1})
        found = previewed(what)
        assert found.found.eligible == ranked(what) == 0
        for kind, change in {
            "skill_easier": {"skills": (SkillRow("crm", must=True, minimum=1),)},
            "skill_dropped": {"skills": ()},
            "must_dropped": {"shifts": tuple(replace(row, must=False) for row in what.shifts)},
        }.items():
            assert price(found, kind).eligible == ranked(replace(what, **change))

    def test_a_monthly_range_is_raised_by_the_month_and_divided_by_fewer_hours(self) -> None:
        month = {"pay_period": "month", "hours_week": 40}
        what = content(**month, pay_min=Decimal(2500), pay_max=Decimal("3120"))
        found = previewed(what)
        raised = price(found, "pay")
        assert (raised.details["amount"], raised.details["currency"]) == (Decimal("86.67"), "EUR")
        typed = replace(what, pay_min=Decimal("2586.67"), pay_max=Decimal("3206.67"))
        assert raised.eligible == ranked(typed) == 3  # 18.50 an hour; 18.40 is asked
        fewer = price(found, "hours_fewer")
        assert fewer.eligible == ranked(replace(what, hours_week=36)) == 3  # 20.00 an hour

    def test_a_raise_is_the_same_in_another_currency(self) -> None:
        what = content(
            pay_currency="PLN", pay_min=Decimal(60), pay_max=Decimal(80),
            countries=(CountryRow("PL", Decimal(70), Decimal(90), "PLN"), CountryRow("PT")),
        )  # fmt: skip
        rate = known(TODAY).facts.pay.rates.rate("PLN").units_per_eur
        raised = price(previewed(what), "pay")
        assert raised.details["amount"] == (rate / 2).quantize(Decimal("0.01"), "ROUND_UP")
        extra = raised.details["amount"]
        typed = replace(
            what, pay_min=60 + extra, pay_max=80 + extra,
            countries=(CountryRow("PL", 70 + extra, 90 + extra, "PLN"), CountryRow("PT")),
        )  # fmt: skip
        assert raised.eligible == ranked(typed)

    def test_nothing_is_read_from_the_database_but_what_this_process_must_know(self) -> None:
        held = known(TODAY)
        with CaptureQueriesContext(connection) as asked:
            preview(content(), TEAM, held)
        assert len(asked) == 0


@pytest.mark.usefixtures("people")
class TestAVacancyWithGaps:
    def test_nothing_typed_yet(self) -> None:
        found = previewed(EMPTY)
        assert found.open_gates == (Gate.COUNTRY, Gate.PAY, Gate.HOURS)
        assert (found.found.eligible, found.found.histogram) == (6, ())
        assert set(found.needed) == {
            "zone",
            "shifts",
            "hours_week",
            "start_date",
            "pay_min",
            "pay_max",
            "countries",
        }
        words = in_a_sentence(rounded(found))
        assert (
            words == "At least 5 people meet what stands here so far. Not counted yet: Country, Pay, Hours."
        )
        assert {one.kind for one in found.prices} == {"contract_form"}

    def test_a_language_counts_as_soon_as_it_stands_there(self) -> None:
        found = previewed(replace(EMPTY, languages=(LanguageRow("en", CEFRLevel.B2),)))
        assert found.found.eligible == 5
        assert price(found, "language_easier").more == 1

    def test_countries_count_before_the_pay_is_known(self) -> None:
        found = previewed(replace(EMPTY, countries=(CountryRow("PT"),)))
        assert found.open_gates == (Gate.PAY, Gate.HOURS)
        assert found.found.eligible == 4
        assert {one.details["country"]: one.more for one in found.prices if one.kind == "country"} == {
            "ES": 1,
            "PL": 1,
        }

    @pytest.mark.parametrize("missing", ["pay_min", "pay_max"])
    def test_pay_is_left_out_until_both_ends_are_there(self, missing: str) -> None:
        found = previewed(content(**{missing: None}))
        assert (found.open_gates, list(found.needed)) == ((Gate.PAY,), [missing])
        assert found.found.eligible == 3
        assert "pay" not in {one.kind for one in found.prices}

    @pytest.mark.parametrize(
        ("change", "named"),
        [
            ({"shifts": ()}, "shifts"),
            ({"zone": ""}, "zone"),
            ({"hours_week": None}, "hours_week"),
            ({"shifts": (ShiftRow(0, 540, 480), ShiftRow(0, 600, 480))}, "shifts"),
            ({"shifts": (ShiftRow(0, 540, 480),)}, "hours_week"),
        ],
    )
    def test_hours_are_left_out_until_they_make_sense(self, change: dict[str, Any], named: str) -> None:
        found = previewed(content(**change))
        assert (found.open_gates, list(found.needed)) == ((Gate.HOURS,), [named])
        assert found.found.eligible == 2

    def test_without_a_start_the_count_takes_today_and_says_so(self) -> None:
        found = previewed(content(start_date=None))
        assert found.open_gates == ()
        assert list(found.needed) == ["start_date"]
        assert "takes today" in found.needed["start_date"]

    def test_pay_beyond_reason_is_not_counted(self) -> None:
        found = previewed(content(pay_max=Decimal("9e11")))
        assert found.open_gates == (Gate.PAY,)
        assert "Look at the amounts" in found.needed["pay_min"]

    def test_a_currency_without_a_rate_leaves_pay_out(self) -> None:
        ExchangeRate.objects.filter(currency="PLN").delete()
        found = previewed(content(countries=(CountryRow("PL"), CountryRow("PT"))))
        assert (found.open_gates, list(found.needed)) == ((Gate.PAY,), ["pay_currency"])
        assert found.found.eligible == 4
        whole = previewed(content())
        assert whole.found.eligible == 2
        others = {one.details["country"] for one in whole.prices if one.kind == "country"}
        assert others == {"ES"}  # what Poland would bring cannot be said

    def test_when_nothing_has_a_weight_people_are_counted_and_not_scored(self) -> None:
        weights = dict.fromkeys(("language", "time", "skills", "experience", "commitment", "culture"), 0)
        found = previewed(content(weights=weights))
        assert found.found.eligible == 2
        assert (found.open_gates, list(found.needed), found.found.histogram) == ((), ["weights"], ())


def test_an_empty_pool() -> None:
    found = previewed(content())
    assert (found.found.waterfall.everyone, found.found.eligible, sum(found.found.histogram)) == (0, 0, 0)
    assert {one.more for one in found.prices} == {0}


class TestWords:
    @pytest.mark.parametrize(
        ("kind", "details", "words"),
        [
            ("contract_form", {"to": 2}, "Freelance instead of employment"),
            ("contract_form", {"to": 1}, "Employment instead of freelance"),
            ("country", {"country": "ES"}, "Hire in Spain, too"),
            ("language_easier", {"code": "en", "level": 4, "to": 3}, "English at B1 instead of B2"),
            ("language_dropped", {"code": "nl", "level": 4, "to": 0}, "Dutch not required"),
            ("skill_easier", {"code": "crm", "minimum": 3, "to": 2}, "CRM work: working instead of strong"),
            ("skill_dropped", {"code": "crm", "minimum": 3, "to": 0}, "CRM work not required"),
            (
                "must_dropped",
                {"start_minute": 540, "duration_minutes": 480, "weekdays": [0, 1, 2]},
                "Mon–Wed 09:00–17:00 need not be covered wholly",
            ),
            ("shift_shorter", {"hours_week": 1920, "to": 1920}, "Every block ends two hours earlier"),
            (
                "shift_shorter",
                {"hours_week": 2400, "to": 1800},
                "Every block ends two hours earlier, 30 h a week",
            ),
            ("shift_later", {}, "Every block two hours later"),
            ("shift_earlier", {}, "Every block two hours earlier"),
            ("hours_fewer", {"hours_week": 1920, "to": 1680}, "28 h a week instead of 32 h"),
            (
                "pay",
                {"amount": Decimal("0.50"), "currency": "EUR", "period": "hour", "eur_hour": 5000},
                "€0.50 more an hour",
            ),
            (
                "pay",
                {"amount": Decimal("86.67"), "currency": "EUR", "period": "month", "eur_hour": 5000},
                "€86.67 more a month, about €0.50 an hour",
            ),
        ],
    )
    def test_each_change(self, kind: str, details: dict[str, Any], words: str) -> None:
        names = {"crm": "CRM work"}
        assert change_words(Price(kind, Gate.HOURS, details, 0, 0), names) == words

    def test_differences_carry_their_sign(self) -> None:
        assert [signed(number) for number in (1205, 0, -35)] == ["+1,205", "fewer than 5", "\u221235"]


def test_every_country_of_the_facts_has_terms_or_is_left_out() -> None:
    """Whoever lives wherever: a preview never stumbles over one country's money."""
    for country in Country.objects.order_by("pk"):
        if country.main_zone_id:
            measured_person(country_id=country.pk, zone=country.main_zone_id)
    found = previewed(content())
    assert found.found.eligible == 1
    assert found.found.waterfall.everyone > 80
