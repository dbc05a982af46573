"""Vocabularies, names, zones and the work-style questionnaire."""

import zoneinfo
from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from reference.choices import (
    channel_choices,
    country_choices,
    currency_choices,
    skill_choices,
    zone_choices,
)
from reference.forms import WorkStyleForm
from reference.models import Country, CountryLanguage, Language, Occupation, Region, Skill, Zone
from reference.names import country_name, currency_name, language_name, minor_digits
from reference.parts_of_world import by_part_of_world
from reference.vocabularies import choices, education_fields, education_levels, locality_subjects
from reference.work_style import ANSWERS, scales, statements, vector


def test_names_follow_the_readers_language() -> None:
    with override("en"):
        assert (country_name("XK"), language_name("fil"), currency_name("EUR")) == (
            "Kosovo",
            "Filipino",
            "Euro",
        )
        assert country_name("DE") == "Germany"
    with override("nl"):
        assert (country_name("DE"), language_name("nl"), country_name("XK")) == (
            "Duitsland",
            "Nederlands",
            "Kosovo",
        )
    assert country_name("ZQ") == "ZQ"


def test_smallest_units_of_currencies() -> None:
    assert [minor_digits(code) for code in ("EUR", "JPY", "TND", "XOF", "PHP")] == [2, 0, 3, 0, 2]


@pytest.mark.django_db
def test_every_country_language_and_currency_has_a_name_in_both_languages() -> None:
    for language in ("en", "nl"):
        with override(language):
            nameless = [row.pk for row in Country.objects.all() if country_name(row.pk) == row.pk]
            nameless += [row.pk for row in Language.objects.all() if language_name(row.pk) == row.pk]
            nameless += [
                row.currency for row in Country.objects.all() if currency_name(row.currency) == row.currency
            ]
        assert nameless == []


@pytest.mark.django_db
def test_terms_have_names_in_both_languages() -> None:
    skill = Skill.objects.get(pk="rome_art")
    with override("en"):
        assert str(skill) == "Art and museums of Rome"
    with override("nl"):
        assert str(skill) == "Kunst en musea van Rome"
    with override("fr"):
        assert str(skill) == "Art and museums of Rome"
    assert Occupation.objects.get(pk="4222").names["en"] == "Contact centre information clerks"
    assert not Skill.objects.exclude(esco_uri="").exists()


def test_education_and_locality_in_words() -> None:
    assert [word.code for word in education_levels()] == [str(level) for level in range(9)]
    assert [word.code for word in education_fields()] == [f"{field:02}" for field in range(11)]
    with override("nl"):
        assert choices(education_levels())[6] == ("6", "Bachelor of gelijkwaardig")
    assert len(locality_subjects()) == 10


@pytest.mark.django_db
def test_zones_of_a_country() -> None:
    portugal = Country.objects.get(pk="PT")
    assert portugal.main_zone_id == "Europe/Lisbon"
    assert {zone.pk for zone in portugal.zones.all()} == {
        "Europe/Lisbon",
        "Atlantic/Azores",
        "Atlantic/Madeira",
    }
    kosovo = Country.objects.get(pk="XK")
    assert (kosovo.main_zone_id, kosovo.zones.count()) == ("Europe/Belgrade", 0)


@pytest.mark.django_db
def test_every_zone_on_file_is_a_zone_of_the_pinned_data() -> None:
    assert {row.pk for row in Zone.objects.all()} <= zoneinfo.available_timezones()
    assert not Country.objects.filter(main_zone=None).exists()


@pytest.mark.django_db
def test_regions_and_official_languages() -> None:
    assert Region.objects.filter(country="CA").count() == 13
    assert [str(region) for region in Region.objects.filter(country="BA")] == [
        "Brčko District",
        "Federation of Bosnia and Herzegovina",
        "Republika Srpska",
    ]
    official = CountryLanguage.objects.filter(status__in=["official", "de_facto_official"])
    assert {row.language_id for row in official.filter(country="BE")} == {"nl", "fr", "de"}
    assert {row.language_id for row in official.filter(country="NL")} == {"nl"}
    assert {row.language_id for row in official.filter(country="US")} == {"en"}


@pytest.mark.django_db
def test_who_may_work_freely_in_the_union() -> None:
    free = set(Country.objects.filter(eea=True).values_list("pk", flat=True))
    assert (Country.objects.filter(eu=True).count(), len(free)) == (27, 30)
    assert free - set(Country.objects.filter(eu=True).values_list("pk", flat=True)) == {"IS", "LI", "NO"}


def test_the_pinned_time_zone_data_wins() -> None:
    assert zoneinfo.TZPATH == ()
    casablanca = zoneinfo.ZoneInfo("Africa/Casablanca")
    offsets = [
        datetime(2026, 9, day, 12, tzinfo=casablanca).utcoffset() for day in (19, 21)
    ]  # fmt: skip
    assert offsets == [timedelta(hours=1), timedelta(0)]
    assert datetime(2027, 1, 15, 12, tzinfo=casablanca).utcoffset() == timedelta(0)
    assert datetime(2027, 7, 15, 12, tzinfo=casablanca).utcoffset() == timedelta(0)


def test_the_questionnaire_has_eight_scales_of_three_statements() -> None:
    assert [scale.code for scale in scales()] == [
        "pace", "autonomy", "directness", "structure", "collaboration", "change", "hierarchy", "feedback",
    ]  # fmt: skip
    assert {len(scale.statements) for scale in scales()} == {3}
    assert len({statement.code for statement in statements()}) == ANSWERS == 24
    assert all({statement.pole for statement in scale.statements} == {"low", "high"} for scale in scales())


def test_every_statement_speaks_of_a_person_and_of_a_team_in_both_languages() -> None:
    for statement in statements():
        with override("en"):
            assert statement.text("person").split()[0] in ("I", "When", "A")
            assert statement.text("team").startswith("In our team ")
        with override("nl"):
            assert statement.text("person") not in ("", statement.person["en"])
            assert statement.text("team").startswith("In ons team ")


def test_answers_become_eight_positions() -> None:
    assert vector([1] * 24) == tuple(
        sum(4 if statement.pole == "low" else 0 for statement in scale.statements) for scale in scales()
    )
    assert vector([3] * 24) == (6,) * 8
    wholly_high = [5 if statement.pole == "high" else 1 for statement in statements()]
    assert vector(wholly_high) == (12,) * 8
    assert vector([6 - answer for answer in wholly_high]) == (0,) * 8
    assert vector([4, 2, 5, *[3] * 21]) == (3 + 3 + 4, 6, 6, 6, 6, 6, 6, 6)


@pytest.mark.parametrize("answers", [[3] * 23, [3] * 25, [], [0, *[3] * 23], [6, *[3] * 23]])
def test_wrong_answers_are_refused(answers: list[int]) -> None:
    with pytest.raises(ValueError, match="answer"):
        vector(answers)


def test_the_questionnaire_as_a_form() -> None:
    answers = [1, 2, 3, 4, 5, 1] * 4
    form = WorkStyleForm(
        {each.code: str(answer) for each, answer in zip(statements(), answers, strict=True)}, audience="team"
    )
    assert form.is_valid()
    assert (form.answers(), form.version) == (answers, "1")
    assert form.fields["pace_1"].label == statements()[0].text("team")
    incomplete = WorkStyleForm({"pace_1": "9"}, audience="person")
    assert not incomplete.is_valid()
    assert len(incomplete.errors) == 24


@pytest.mark.django_db
def test_every_country_stands_in_one_part_of_the_world() -> None:
    codes = [(row.pk, row.pk) for row in Country.objects.all()]
    with override("en"):
        parts = dict(by_part_of_world(codes))
    assert list(parts) == ["Europe", "Africa", "Americas", "Asia", "Oceania"]
    assert sorted(choice for found in parts.values() for choice in found) == sorted(codes)
    assert by_part_of_world([("PT", "Portugal")])[0][1] == [("PT", "Portugal")]


@pytest.mark.django_db
def test_choices_are_named_in_the_readers_language() -> None:
    with override("nl"):
        assert ("DE", "Duitsland") in country_choices()
        assert ("EUR", "EUR · Euro") in currency_choices()
        assert ("phone", "Telefoon") in channel_choices()
        skills = [choice for _group, choices_in_group in skill_choices() for choice in choices_in_group]
    assert ("rome_art", "Kunst en musea van Rome") in skills
    assert len(skills) == 59
    assert ("America/Argentina/Buenos_Aires", "America / Argentina / Buenos Aires") in zone_choices()
