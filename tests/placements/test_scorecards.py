"""An employer writes down an interview: only of people on its own shortlist, with evidence, for its own eyes."""

import re
from copy import deepcopy
from html import unescape
from uuid import uuid4

import pytest
from django.utils import timezone

from assessments.models import Scorecard
from candidates.models import Candidate
from placements.actions.applications import accept_invitation
from tests.conftest import signed_in
from tests.factories.assessments import scorecard
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.placements import application
from tests.standing import standing
from tests.world import World

pytestmark = pytest.mark.django_db


def beginning():
    world = World()
    world.address = f"/vacancies/{world.ranked.pk}/people/{world.candidate.public_id}/"
    return world


once = standing(beginning)


@pytest.fixture
def world(once, db):
    return deepcopy(once)


def words_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def filled(**changes):
    return {
        "key": uuid4(),
        "interviewed_on": timezone.now().date(),
        "rating_listening": "4",
        "evidence_listening": "Asked three questions before she answered mine.",
        **changes,
    }


def test_an_interview_is_written_down_beside_the_anchors(world):
    browser = world.client("employer")
    assert "Write down an interview" in words_of(browser.get(world.address))
    page = words_of(browser.get(f"{world.address}interview/"))
    assert "1. Answers before the question is clear" in page
    assert "We did not talk about it" in page
    sent = filled()
    assert browser.post(f"{world.address}interview/", sent).url == world.address
    assert browser.post(f"{world.address}interview/", sent).url == world.address  # a doubled click
    card = Scorecard.objects.get()
    assert (card.employer, card.recorded_by) == (world.membership.employer, world.employer_user)
    shown = words_of(browser.get(world.address))
    assert "Asked three questions before she answered mine." in shown
    assert "4 of 5." in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"evidence_listening": ""}, "Say what the person said or did"),
        ({"rating_listening": ""}, "Listening : Choose the behaviour that your notes describe"),
        ({"rating_listening": "6"}, "Choose one of the five behaviours."),
        ({"rating_listening": "", "evidence_listening": ""}, "Rate at least one competence"),
        ({"interviewed_on": "2019-01-01"}, "more than 90 days ago"),
        ({"interviewed_on": "soon"}, "Enter a valid date."),
        ({"key": "no key"}, "valid UUID"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(world, changes, words):
    page = world.client("employer").post(f"{world.address}interview/", filled(evidence_calm="", **changes))
    assert page.status_code == 422
    assert words in words_of(page)
    if "evidence_listening" not in changes:
        assert "Asked three questions" in page.content.decode()
    assert not Scorecard.objects.exists()


def test_only_people_on_the_own_shortlist_who_agreed_to_be_listed(world):
    browser, other = world.client("employer"), world.client("other_employer")
    stranger = CandidateFactory(listed=True, languages={"fr": 2})
    elsewhere = f"/vacancies/{world.ranked.pk}/people/{stranger.public_id}/interview/"
    assert browser.post(elsewhere, filled()).status_code == 404
    assert other.post(f"{world.address}interview/", filled()).status_code == 404
    Candidate.objects.filter(pk=world.candidate.pk).update(listed=False)
    assert browser.get(f"{world.address}interview/").status_code == 404
    assert browser.post(f"{world.address}interview/", filled()).status_code == 404
    assert not Scorecard.objects.exists()


def test_whoever_is_in_an_application_and_left_the_list_is_scored_too(world):
    held = application("interested", vacancy=world.ranked)
    assert held.candidate
    address = f"/vacancies/{world.ranked.pk}/people/{held.candidate.public_id}/"
    browser = world.client("employer")
    assert "Write down an interview" in words_of(browser.get(address))
    assert browser.get(f"{address}interview/").status_code == 200
    assert browser.post(f"{address}interview/", filled()).url == address
    Candidate.objects.filter(pk=held.candidate.pk).update(listed=False)
    assert "Write down an interview" not in words_of(browser.get(address))
    assert browser.get(f"{address}interview/").status_code == 404


def test_the_name_stands_above_the_card_only_once_both_are_interested(world):
    """Somebody who was invited has a number there, and a name from their yes on."""
    browser, held = world.client("employer"), world.application
    user, employer = world.candidate.user, world.membership.employer
    card = scorecard(world.candidate, employer=employer, by=world.employer_user)
    pages = f"{world.address}interview/", f"{world.address}interview/{card.pk}/withdraw/"
    number = world.candidate.short_name
    asked = [words_of(browser.get(page)) for page in pages]
    assert f"Interview with candidate {number}" in asked[0]
    assert f"Candidate {number} Take an interview back" in asked[1]
    assert not any(user.identity.display_name in page for page in asked)
    accept_invitation(application=held, by=user, now=timezone.now())
    known = [words_of(browser.get(page)) for page in pages]
    assert f"Interview with {user.identity.display_name}" in known[0]
    assert f"{user.identity.display_name} Take an interview back" in known[1]


def test_members_who_only_look_may_not_write(world):
    looker = MembershipFactory(employer=world.membership.employer, viewer=True)
    browser = signed_in(looker.user)
    assert browser.post(f"{world.address}interview/", filled()).status_code == 403
    assert "Write down an interview" not in words_of(browser.get(world.address))


def test_no_other_employer_sees_a_card(world):
    theirs = MembershipFactory(employer__accepted=True)
    card = scorecard(world.candidate, employer=theirs.employer, by=theirs.user)
    browser = world.client("employer")
    assert "Told about listening" not in words_of(browser.get(world.address))
    assert browser.get(f"{world.address}interview/{card.pk}/withdraw/").status_code == 404


def test_an_own_card_is_taken_back_with_a_reason(world):
    card, browser = world.interview, world.client("employer")
    address = f"{world.address}interview/{card.pk}/withdraw/"
    assert browser.post(address, {"reason": " "}).status_code == 422
    assert browser.post(address, {"reason": "It was about somebody else."}).url == world.address
    card.refresh_from_db()
    assert card.withdrawn_because == "It was about somebody else."
    assert "Told about listening" not in words_of(browser.get(world.address))
    assert browser.get(address).status_code == 404
