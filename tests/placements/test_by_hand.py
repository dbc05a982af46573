"""What a recruiter did to a place on a list, as the employer and the person read it."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from candidates.models import Candidate
from matching.actions.shortlist import add, hide, move, pin
from placements.templatetags.placements import at
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from tests.standing import standing
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

FIGURES = "The employer sees exactly these figures."


def beginning() -> tuple[Vacancy, list[Candidate]]:
    """A vacancy and its shortlist of three, the best first."""
    people = [measured_person(level) for level in (6, 5, 4)]
    vacancy = VacancyFactory(published=True)
    ranked(vacancy)
    return vacancy, people


once = standing(beginning)


@pytest.fixture
def begun(once: Any, db: None) -> Any:
    return deepcopy(once)


@pytest.fixture
def vacancy(begun: Any) -> Vacancy:
    return begun[0]


@pytest.fixture
def people(begun: Any) -> list[Candidate]:
    return begun[1]


@pytest.fixture
def recruiter(db: None) -> User:
    return UserFactory(staff=True)


@pytest.fixture
def employer(vacancy: Vacancy) -> Client:
    return signed_in(MembershipFactory(employer=vacancy.employer).user)


def own_page(person: Candidate, vacancy: Vacancy) -> str:
    return signed_in(person.user).get(reverse("placements:match", args=[vacancy.pk])).content.decode()


def shortlist(employer: Client, vacancy: Vacancy) -> str:
    return employer.get(reverse("placements:shortlist", args=[vacancy.pk])).content.decode()


def test_without_a_recruiter_the_person_reads_only_the_ranking(vacancy, people):
    page = own_page(people[1], vacancy)
    assert "Rank 2 in the ranking of" in page
    assert FIGURES in page
    assert "A recruiter " not in page
    assert "The reason given" not in page


def test_somebody_hidden_reads_that_nobody_sees_the_figures(vacancy, people, recruiter):
    hide(vacancy=vacancy, candidate=people[1], reason="Asked to <wait>.", by=recruiter, now=timezone.now())
    page = own_page(people[1], vacancy)
    for words in (
        "Rank 2 in the ranking of",
        "A recruiter hid you from this list",
        "The employer does not see you on this list now.",
        "The reason given: Asked to &lt;wait&gt;.",
        "The rank and the score are the ranking's own; no recruiter can change them.",
    ):
        assert words in page
    assert FIGURES not in page
    assert "recruiter hid" not in own_page(people[2], vacancy)


@pytest.mark.parametrize(
    ("act", "more", "title"),
    [
        (pin, {}, "A recruiter put you at the top: place 1"),
        (move, {"position": 2}, "A recruiter moved you: place 2"),
        (move, {"position": 400}, "A recruiter moved you: place 3"),
    ],
)
def test_somebody_moved_reads_place_and_rank_apart(
    vacancy: Vacancy, people: list[Candidate], recruiter: User, act: Any, more: dict[str, int], title: str
) -> None:
    act(
        vacancy=vacancy,
        candidate=people[2],
        reason="Knows the shop.",
        by=recruiter,
        now=timezone.now(),
        **more,
    )
    page = own_page(people[2], vacancy)
    for words in (title, "The reason given: Knows the shop.", "Rank 3 in the ranking of", FIGURES):
        assert words in page


def test_somebody_added_reads_that_the_ranking_is_another_matter(vacancy, recruiter):
    person = CandidateFactory(listed=True, languages={"en": 5})
    add(vacancy=vacancy, candidate=person, reason="Sits the test.", by=recruiter, now=timezone.now())
    page = own_page(person, vacancy)
    assert "A recruiter added you: place 1" in page
    assert "You are not in the ranking itself." in page


def test_the_employer_reads_who_is_hidden_and_why(employer, vacancy, people, recruiter):
    hide(vacancy=vacancy, candidate=people[1], reason="Asked to wait.", by=recruiter, now=timezone.now())
    page = shortlist(employer, vacancy)
    assert "1 hidden by a recruiter" in page
    assert f"Candidate {people[1].short_name}: Asked to wait." in page
    link = employer.get(reverse("placements:person", args=[vacancy.pk, people[1].public_id]))
    assert link.status_code == 200
    text = link.content.decode()
    for words in (
        "Hidden by a recruiter",
        "Asked to wait.",
        reverse("placements:shortlist", args=[vacancy.pk]),
    ):
        assert words in text
    assert "of 100" not in text


def test_a_list_of_hidden_people_only_does_not_say_that_nobody_fits(employer, vacancy, people, recruiter):
    for person in people:
        hide(vacancy=vacancy, candidate=person, reason="Asked to wait.", by=recruiter, now=timezone.now())
    page = shortlist(employer, vacancy)
    assert "3 hidden by a recruiter" in page
    assert "Nobody passes every condition yet" not in page


def test_another_employer_does_not_learn_that_somebody_is_hidden(vacancy, people, recruiter):
    hide(vacancy=vacancy, candidate=people[1], reason="Asked to wait.", by=recruiter, now=timezone.now())
    stranger = signed_in(MembershipFactory().user)
    address = reverse("placements:person", args=[vacancy.pk, people[1].public_id])
    assert stranger.get(address).status_code == 404


def test_a_moment_names_its_clock_where_the_reader_chose_none():
    moment = datetime(2026, 11, 20, 12, 5, tzinfo=UTC)
    with timezone.override("UTC"):
        assert at(moment) == "20 November 2026, 12:05 UTC"
    with timezone.override("Asia/Manila"):
        assert at(moment) == "20 November 2026, 20:05"
