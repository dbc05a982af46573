"""What the person themselves reads speaks to them, and is true for whoever is not listed or has paused, too."""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.actions.staying import pause_listing
from candidates.models import Candidate
from matching.engine import CODES
from matching.words.gates import reason_words
from placements.actions.endings import close_for_candidate
from placements.enums import EndReason
from placements.queries.suits import suits_now
from tests.conftest import signed_in
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application, member_of
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.addresses import job_path
from vacancies.content import CountryRow

pytestmark = pytest.mark.django_db


def page_of(person: Candidate, name: str, *args: object) -> str:
    return signed_in(person.user).get(reverse(name, args=args)).content.decode()


def test_whoever_paused_reads_so_and_sees_their_matches_all_the_same() -> None:
    person, vacancy = measured_person(), VacancyFactory()
    pause_listing(candidate=person, until=None, by=person.user, now=timezone.now())
    page = page_of(person, "placements:matches")
    assert "You have paused" in page
    assert "Come back now" in page
    assert "computed for you alone" in page
    assert "No match yet" not in page
    assert reverse("placements:match", args=[vacancy.pk]) in page
    assert reverse("placements:match", args=[vacancy.pk]) in page_of(person, "home")


def test_what_a_profile_opens_is_counted_as_if_the_person_were_listed_and_says_so() -> None:
    person = measured_person()
    VacancyFactory()
    VacancyFactory(content=version_content(countries=(CountryRow("ES"),)))
    assert "Counted as if" not in page_of(person, "placements:unlocks")
    pause_listing(candidate=person, until=None, by=person.user, now=timezone.now())
    page = page_of(person, "placements:unlocks")
    assert "You meet every condition of 1 of 2 open vacancies." in page
    assert "Counted as if you were listed" in page


def test_somebody_whom_only_being_listed_keeps_away_reads_that() -> None:
    person, vacancy = measured_person(), VacancyFactory()
    pause_listing(candidate=person, until=None, by=person.user, now=timezone.now())
    page = page_of(person, "placements:match", vacancy.pk)
    assert "of 100: you meet every condition but one. You are not listed." in page
    assert "Come back now" in page
    assert "you are not listed now" in page
    assert "Not a match now" not in page
    Candidate.objects.filter(pk=person.pk).update(unlisted_because="")
    page = page_of(person, "placements:match", vacancy.pk)
    assert "Come back now" not in page
    assert "Decide about being found" in page.split("button-main")[1]
    elsewhere = VacancyFactory(content=version_content(countries=(CountryRow("ES"),)))
    page = page_of(person, "placements:match", elsewhere.pk)
    assert "Not a match now" in page
    assert "Country: you live where this vacancy does not hire" in page
    assert suits_now(elsewhere, person, timezone.now().date()).why_not == (
        "What is asked and what you offer do not meet: you are not listed now."
    )


@pytest.mark.parametrize("code", CODES)
def test_no_reason_speaks_of_the_reader_as_of_somebody_else(code: str) -> None:
    words = reason_words(code, to_person=True)
    assert not words.startswith(("has ", "is ", "can ", "asked ", "lives ", "does ", "wants ")), words
    assert "person" not in words


def test_who_employs_them_is_in_their_own_country() -> None:
    content = version_content(legal_employer="provider", legal_employer_name="Work There Ltd")
    person, vacancy = measured_person(), VacancyFactory(content=content)
    for address in (job_path(vacancy), reverse("placements:match", args=[vacancy.pk])):
        page = signed_in(person.user).get(address).content.decode()
        assert "a staffing provider in your country: Work There Ltd" in page
        assert "the person" not in page.replace("the person who", "")


def test_why_an_application_ended_is_said_to_them_and_of_them() -> None:
    person = measured_person()
    held = application("interested", candidate=person)
    close_for_candidate(candidate=person, reason=EndReason.UNLISTED, by=person.user, now=timezone.now())
    for page in (
        page_of(person, "placements:my_applications"),
        page_of(person, "placements:my_application", held.public_id),
    ):
        assert "you are no longer listed" in page
        assert "the person" not in page
    pipeline = reverse("placements:pipeline", args=[held.vacancy_id]) + "?stage=ended"
    assert "person is no longer listed" in signed_in(member_of(held.employer)).get(pipeline).content.decode()


def test_the_weights_are_folded_for_the_person_and_open_for_the_company() -> None:
    person, vacancy = measured_person(), VacancyFactory()
    ranked(vacancy)
    own = page_of(person, "placements:match", vacancy.pk).split('id="points"')[1]
    assert own.index("<details") < own.index("Show the weights, part by part") < own.index("<table")
    url = reverse("placements:person", args=[vacancy.pk, person.public_id])
    theirs = signed_in(member_of(vacancy.employer)).get(url).content.decode().split('id="points"')[1]
    assert "<details" not in theirs[: theirs.index("<table")]
