"""All applications of a company on one page: whose answer is owed first, names only once both are interested."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import signed_in
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application, member_of
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

URL = "placements:all_applications"
QUERIES = 6


@pytest.fixture
def vacancy() -> Vacancy:
    return VacancyFactory(content=version_content(openings=3))


@pytest.fixture
def member(vacancy: Vacancy) -> Client:
    return signed_in(member_of(vacancy.employer))


def test_what_the_company_owes_stands_first_and_what_ended_nowhere(vacancy: Vacancy, member: Client) -> None:
    theirs = application("invited", vacancy=vacancy)
    ours = application("interested", vacancy=vacancy)
    met = application("both_interested", vacancy=vacancy)
    application("declined", vacancy=vacancy)
    application("interested")
    page = member.get(reverse(URL))
    assert [one.pk for one in page.context["page"]] == [ours.pk, met.pk, theirs.pk]
    text = page.content.decode()
    for held, shown in ((theirs, False), (ours, False), (met, True)):
        assert held.candidate
        assert (held.candidate.user.identity.display_name in text) is shown
        assert reverse("placements:person", args=[vacancy.pk, held.candidate.public_id]) in text


def test_a_company_without_any_is_told_what_will_stand_here(member: Client) -> None:
    page = member.get(reverse(URL)).content.decode()
    assert "No application yet" in page
    assert reverse("vacancies:list") in page


@pytest.mark.parametrize("rows", [1, 30])
def test_it_takes_the_same_queries(
    rows: int, vacancy: Vacancy, member: Client, django_assert_num_queries: Any
) -> None:
    for _one in range(rows):
        application("interested", vacancy=vacancy, candidate=measured_person())
    ranked(vacancy)
    with django_assert_num_queries(QUERIES):
        assert len(member.get(reverse(URL)).context["page"]) == rows
