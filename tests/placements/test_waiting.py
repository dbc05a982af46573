"""Who waits for a place, and who was added by hand, on the pages of both sides."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from candidates.models import Candidate
from matching.actions.allocation import refresh_allocation
from matching.actions.shortlist import add
from matching.models import RankingState
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from tests.standing import standing
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

BUSY = (
    "Also fits; now shown on 1 other shortlist at least, enough for one person. Moves up when a place frees."
)
FULL = "Also fits; the places shown first are taken. Moves up when one of them frees."


FEW = {"SHORTLISTS_PER_PERSON": 1, "SHOWN_PER_OPENING": 1}


def beginning() -> tuple[Vacancy, list[Candidate]]:
    """The best person is shown on another list that pays more, the second here; the third waits."""
    people = [measured_person(level) for level in (6, 5, 4)]
    for amount in (20, 17):
        vacancy = VacancyFactory(content=version_content(openings=1, pay_max=amount))
        ranked(vacancy)
    with override_settings(**FEW):
        refresh_allocation(now=timezone.now())
    return vacancy, people


once = standing(beginning, "class")


@pytest.fixture
def begun(once: Any, db: None) -> Iterator[Any]:
    with override_settings(**FEW):
        yield deepcopy(once)


@pytest.fixture
def vacancy(begun: Any) -> Vacancy:
    return begun[0]


@pytest.fixture
def people(begun: Any) -> list[Candidate]:
    return begun[1]


@pytest.fixture
def employer(vacancy: Vacancy) -> Client:
    return signed_in(MembershipFactory(employer=vacancy.employer).user)


def text_of(client: Client, name: str, *arguments: Any) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhoWaits:
    def test_the_employer_reads_who_waits_and_why(self, employer, vacancy, people):
        text = text_of(employer, "placements:shortlist", vacancy.pk)
        called = [text.index(f"Candidate {one.short_name}") for one in (people[1], people[0], people[2])]
        assert called == sorted(called)
        assert text.count(">waits for a place<") == 2
        assert "Nobody is shown first on more than 1 list at once" in text
        assert text.index(BUSY) < text.index(FULL)
        for person, why in ((people[0], BUSY), (people[2], FULL), (people[1], "")):
            page = text_of(employer, "placements:person", vacancy.pk, person.public_id)
            assert ("Also fits;" in page) == bool(why)
            assert why in page

    def test_the_person_reads_the_same(self, vacancy, people):
        for person, why in (
            (
                people[0],
                "You wait for a place shown first: you are on 1 other shortlist at least, enough for one person.",
            ),
            (
                people[2],
                "You wait for a place shown first: they are taken. You move up when one of them frees.",
            ),
            (people[1], ""),
        ):
            page = text_of(signed_in(person.user), "placements:match", vacancy.pk)
            assert ("You wait for a place" in page) == bool(why)
            assert escape(why) in page

    def test_who_was_added_stands_there_with_the_reason_and_what_is_open(self, employer, vacancy):
        person = CandidateFactory(listed=True, languages={"en": 5})
        staff = UserFactory(staff=True)
        add(vacancy=vacancy, candidate=person, reason="Sits the test.", by=staff, now=timezone.now())
        text = text_of(employer, "placements:shortlist", vacancy.pk)
        for words in (
            f"1. Candidate {person.short_name}",
            "added by a recruiter",
            "Sits the test.",
            "not everything is measured yet",
        ):
            assert words in text
        page = text_of(employer, "placements:person", vacancy.pk, person.public_id)
        assert "Place 1 on your list, added by a recruiter from outside the ranking" in page
        assert "Not everything is measured yet" in page
        assert "None" not in page

    def test_the_list_says_on_top_how_many_wait_and_where_they_begin(self, employer, vacancy):
        text = text_of(employer, "placements:shortlist", vacancy.pk)
        assert '<b class="num">1</b> shown now, <b class="num">2</b> wait for a place: ' in text
        assert '<a href="?page=1#waits">go to them</a>' in text
        assert "There is 1 place shown first for each opening; openings: 1." in text
        assert "those shown now and those who wait each for themselves" in text
        heads = [
            text.index(words)
            for words in (">Shown now</h2>", "1. Candidate", ">Waiting for a place</h2>", "2. Candidate")
        ]
        assert heads == sorted(heads)

    def test_a_list_that_keeps_only_the_first_says_so(self, employer, vacancy):
        address = reverse("placements:shortlist", args=[vacancy.pk])
        assert "the list keeps" not in employer.get(address).content.decode()
        large = RankingState.objects.get(vacancy=vacancy).current
        large.pk, large.people, large.eligible = None, 1500, 1192
        large.save(force_insert=True)
        RankingState.objects.filter(vacancy=vacancy).update(current=large)
        page = employer.get(address).content.decode()
        assert "Of the 1,192 people eligible, the list keeps the 3 with the highest scores." in page


def test_people_who_wait_on_a_later_page_are_led_to(settings, db):
    settings.SHOWN_PER_OPENING = 20
    for _ in range(22):
        measured_person(5)
    vacancy = VacancyFactory(content=version_content(openings=1))
    ranked(vacancy)
    refresh_allocation(now=timezone.now())
    employer = signed_in(MembershipFactory(employer=vacancy.employer).user)
    address = reverse("placements:shortlist", args=[vacancy.pk])
    first, second = (employer.get(address, {"page": page}).content.decode() for page in (1, 2))
    for page in (first, second):
        assert '<b class="num">20</b> shown now, <b class="num">2</b> wait for a place: ' in page
        assert '<a href="?page=2#waits">go to them</a>' in page
    assert ">Shown now</h2>" in first
    assert ">Waiting for a place</h2>" not in first
    assert '<h2 id="waits">Waiting for a place</h2>' in second
    assert '<ol class="stack" start="21">' in second
    assert ">Shown now</h2>" not in second


def test_nobody_waits_where_everybody_is_shown(db):
    vacancy = VacancyFactory(published=True)
    measured_person(5)
    ranked(vacancy)
    text = text_of(
        signed_in(MembershipFactory(employer=vacancy.employer).user), "placements:shortlist", vacancy.pk
    )
    assert "wait for a place" not in text
    assert ">Shown now</h2>" not in text
    assert "the list keeps" not in text
