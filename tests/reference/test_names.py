"""Lists of countries stand in the order of their names in the reader's language."""

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from candidates.forms.about import AboutForm
from reference.choices import country_choices
from reference.models import Region
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import CountryRow

CODES = ["DE", "ZA", "AX", "NL", "AT"]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Åland Islands, Austria, Germany, Netherlands, South Africa"),
        ("nl", "Åland, Duitsland, Nederland, Oostenrijk, Zuid-Afrika"),
    ],
)
def test_codes_are_sorted_by_name(language: str, names: str) -> None:
    template = Template(
        "{% load reference %}{% for code in codes|by_country %}"
        "{{ code|country_name }}{% if not forloop.last %}, {% endif %}{% endfor %}"
    )
    with translation.override(language):
        assert template.render(Context({"codes": CODES})) == names


@pytest.mark.django_db
def test_accents_do_not_send_a_country_to_the_end_of_a_list() -> None:
    names = [name for _code, name in country_choices()]
    assert names.index("Åland Islands") < names.index("Belgium")
    assert names.index("Türkiye") < names.index("Ukraine")


@pytest.mark.django_db
def test_pay_by_country_is_sorted_by_name_in_dutch(employer_client) -> None:
    content = version_content(countries=tuple(map(CountryRow, ["AT", "DE", "NL", "PT", "ZA"])))
    vacancy = VacancyFactory(employer=employer_client.user.membership.employer, content=content)
    employer_client.cookies["django_language"] = "nl"
    employer_client.user.language = "nl"
    employer_client.user.save()
    page = employer_client.get(f"/vacancies/{vacancy.pk}/").content.decode()
    rows = page[page.index("<tbody>") :]
    names = ["Duitsland", "Nederland", "Oostenrijk", "Portugal", "Zuid-Afrika"]
    assert sorted(names, key=rows.index) == names


@pytest.mark.django_db
def test_regions_are_called_and_sorted_as_the_reader_calls_them() -> None:
    """Where Dutch has no name of its own the usual one stands."""
    names = {"en": ["Azores", "Lisbon", "Viseu"], "nl": ["Azoren", "Lissabon", "Viseu"]}
    for language, wanted in names.items():
        with translation.override(language):
            assert (
                sorted(str(one) for one in Region.objects.filter(pk__in=["PT-11", "PT-18", "PT-20"]))
                == wanted
            )
            form = AboutForm({"country": "PT"}, now=timezone.now(), today=timezone.now().date())
            shown = list(form.regions.values())
            assert [name for name in shown if name in wanted] == wanted
            assert shown.index("Évora") < shown.index("Faro")
