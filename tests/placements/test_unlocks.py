"""What each step of a profile opens: every open vacancy is counted once, where the person can change something."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.enums import Step
from matching.engine import GATES
from placements.queries.unlocks import STEP_OF, unlocks_of
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import CountryRow, LanguageRow

pytestmark = pytest.mark.django_db


def test_every_condition_of_matching_has_its_step() -> None:
    assert set(GATES) == STEP_OF.keys()


def test_each_vacancy_is_counted_once() -> None:
    person = measured_person(languages={"en": 5, "pt": 6, "nl": 5})
    VacancyFactory()
    VacancyFactory(content=version_content(countries=(CountryRow("ES"),)))
    for language in ("nl", "de"):
        VacancyFactory(content=version_content(languages=(LanguageRow(language, 4),)))
    found = unlocks_of(person, timezone.now().date())
    assert (found.total, found.met) == (4, 1)
    assert {line.step: (line.vacancies, line.near) for line in found.steps} == {
        Step.LANGUAGES: (2, 1),
        Step.ABOUT: (1, 0),
    }
    page = signed_in(person.user).get(reverse("placements:unlocks")).content.decode()
    assert "You meet every condition of 1 of 4 open vacancies." in page
    assert "1 of them only lacks a measured fact" in page


def test_before_anything_is_known_it_says_what_comes_first() -> None:
    VacancyFactory()
    page = signed_in(CandidateFactory(empty=True).user).get(reverse("placements:unlocks")).content.decode()
    assert "Say where you live first" in page


@pytest.mark.parametrize("open_vacancies", [1, 12])
def test_it_takes_the_same_queries(open_vacancies: int, django_assert_num_queries: Any) -> None:
    VacancyFactory.create_batch(open_vacancies)
    client = signed_in(measured_person().user)
    client.get(reverse("placements:unlocks"))
    with django_assert_num_queries(6):
        client.get(reverse("placements:unlocks"))
