"""The candidate's home: what waits comes first with its date, one main action, and the same cost whatever is there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions.sessions import start_session
from candidates.actions.staying import pause_listing
from candidates.models import Candidate
from placements.actions.profile_views import record_profile_view
from placements.models import Application
from tests.conftest import signed_in
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.integrity import ConfirmationFactory, FlagFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application
from tests.factories.vacancies import VacancyFactory

pytestmark = pytest.mark.django_db

QUERIES = 14


def home(person: Candidate) -> str:
    return signed_in(person.user).get("/home/").content.decode()


def main_button(page: str) -> str:
    """The words of the page's one main button."""
    buttons = [part for part in page.split("button-main")[1:] if "<main" not in part]
    assert len(buttons) == 1, f"{len(buttons)} main buttons"
    return buttons[0]


def test_an_invitation_comes_first_with_its_date_and_is_the_main_action() -> None:
    person = measured_person()
    other = application("interested", candidate=person)
    mine = application("invited", candidate=person)
    page = home(person)
    assert "Read and answer" in main_button(page)
    assert page.index("Your answer is awaited until") < page.index("Their answer is promised until")
    assert reverse("placements:my_application", args=[mine.public_id]) in page
    assert reverse("placements:my_application", args=[other.public_id]) in page


def test_two_invitations_have_one_main_button() -> None:
    person = measured_person()
    for _invitation in range(2):
        application("invited", candidate=person)
    page = home(person)
    assert page.count("Read and answer") == 2
    main_button(page)


def test_a_match_says_what_speaks_for_it_and_where_its_changes_stand() -> None:
    person, vacancy = measured_person(), VacancyFactory()
    ranked(vacancy)
    page = home(person)
    assert "What speaks for you most: " in page
    assert f"{reverse('placements:match', args=[vacancy.pk])}#changes" in page
    assert "you stand at rank 1" in page


def test_the_end_of_being_listed_is_something_to_do() -> None:
    today = timezone.now().date()
    later = measured_person(confirmed_on=today - timedelta(days=75))
    soon = measured_person(confirmed_on=today - timedelta(days=77))
    assert "Do you still look for work?" not in home(later)
    assert "Do you still look for work?" in home(soon)
    lapsed = measured_person(listed=False, unlisted_because="lapsed")
    page = home(lapsed)
    assert "List me again" in main_button(page)
    pause_listing(candidate=soon, until=None, by=soon.user, now=timezone.now())
    assert "Come back now" in home(soon)


def test_opened_profiles_of_the_last_thirty_days_are_counted() -> None:
    person, vacancy, now = measured_person(), VacancyFactory(), timezone.now()
    assert "Opened by no company in the last 30 days." in home(person)
    for days in (31, 2, 1):
        record_profile_view(
            candidate=person, vacancy=vacancy, by=vacancy.created_by, now=now - timedelta(days=days)
        )
    assert "Opened by companies 2 times in the last 30 days." in home(person)


@pytest.mark.parametrize("facts", [{"empty": True}, {}, {"listed": True}])
def test_there_is_one_main_button_whatever_is_done(facts: dict[str, Any]) -> None:
    main_button(home(CandidateFactory(**facts)))


@pytest.mark.parametrize("rows", [0, 1, 30])
def test_it_costs_the_same_with_nothing_and_with_everything(
    rows: int, django_assert_num_queries: Any
) -> None:
    person, now = measured_person(), timezone.now()
    VacancyFactory()
    if rows:
        first = application("invited", candidate=person)
        copy = {
            name: getattr(first, name)
            for name in (
                "candidate", "employer", "version", "state", "started_by", "owed_by", "promise_on", "created_at",
                "changed_at",
            )
        }  # fmt: skip
        others = VacancyFactory.create_batch(rows - 1)
        Application.objects.bulk_create(Application(vacancy=one, **copy) for one in others)
        for days in range(rows):
            at = now - timedelta(days=days)
            record_profile_view(candidate=person, vacancy=first.vacancy, by=first.vacancy.created_by, now=at)
        start_session(
            candidate=person, bank=BankFactory(code="portuguese", language_id="pt"), seed=1, now=now
        )
        ConfirmationFactory(candidate=person)
        FlagFactory(session__candidate=person)
    client: Client = signed_in(person.user)
    client.get("/home/")
    with django_assert_num_queries(QUERIES):
        page = client.get("/home/").content.decode()
    assert page.count("Read and answer") == rows


def test_each_question_about_a_result_says_which_one() -> None:
    person = measured_person()
    for bank in (BankFactory(language_id="nl"), BankFactory(judgement=True)):
        ConfirmationFactory(candidate=person, bank=bank)
        FlagFactory(session__candidate=person, session__bank=bank)
    page = home(person)
    for words in ("See what it is", "Read why, and say something about it"):
        for what in ("Dutch", "Handling complaints"):
            assert page.count(f'{words}<span class="visually-hidden">: {what}</span>') == 1


def test_an_invitation_is_good_news_and_no_warning_until_its_date_has_passed() -> None:
    person = measured_person()
    mine = application("invited", candidate=person)
    assert "notice-attention" not in home(person)
    Application.objects.filter(pk=mine.pk).update(promise_on=timezone.now().date() - timedelta(days=2))
    assert "notice-attention" in home(person)
