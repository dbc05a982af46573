"""Interview scorecards: what a card must hold, for whom it counts, and what the person can say about it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEntry, OutboxMail
from assessments.actions.scorecards import (
    NotListed,
    UnableToChangeCard,
    UnableToScore,
    agree_to_scorecard,
    confirm_scorecard,
    record_scorecard,
    reply_to_scorecard,
    withdraw_scorecard,
)
from assessments.enums import MeasurementSource
from assessments.models import Measurement, Scorecard
from assessments.queries.scorecards import scorecards_for
from assessments.rules.scorecard import Rated, scorecard_sheet
from reference.models import Skill
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import scorecard
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory

pytestmark = pytest.mark.django_db
SAID = "Told how she asked on until it was clear."


@pytest.fixture
def candidate():
    return CandidateFactory(listed=True)


@pytest.fixture
def member():
    return MembershipFactory(employer__accepted=True)


@pytest.fixture
def card(candidate, member, now):
    rated = {"listening": 4, "calm": 5, "solving": 2, "motivation": 3}
    return scorecard(candidate, employer=member.employer, by=member.user, ratings=rated, now=now)


@pytest.fixture
def recruiter():
    return UserFactory(staff=True)


# --- the sheet ------------------------------------------------------------------------------------------------


def test_the_sheet_has_five_anchors_a_competence_in_both_languages():
    sheet = scorecard_sheet()
    assert {"motivation", "ambition"} <= sheet.competences.keys()
    assert len(sheet.competences) == 8
    for one in sheet.competences.values():
        assert len(one.anchors) == 5
        assert len({anchor["en"] for anchor in one.anchors}) == 5
        for texts in (one.names, one.abouts, *one.questions, *one.anchors):
            assert set(texts) == {"en", "nl"}
            assert all(texts.values())
    mapped = {one.skill for one in sheet.competences.values() if one.skill}
    assert mapped == set(Skill.objects.filter(pk__in=mapped).values_list("pk", flat=True))
    assert sheet.levels == {3: 1, 4: 2, 5: 3}
    assert set(sheet.levels_set) == {"by", "on", "method"}


# --- an employer's card ---------------------------------------------------------------------------------------


def test_a_card_is_kept_with_its_ratings_and_the_person_hears_of_it(card, candidate, member):
    rows = card.ratings.values_list("position", "competence", "rating", "evidence")
    assert list(rows) == [
        (1, "listening", 4, "Told about listening in a whole story."),
        (3, "calm", 5, "Told about calm in a whole story."),
        (4, "solving", 2, "Told about solving in a whole story."),
        (7, "motivation", 3, "Told about motivation in a whole story."),
    ]
    (letter,) = OutboxMail.objects.all()
    assert letter.recipient == candidate.user.email
    assert f"{member.employer.name} wrote down" in letter.text
    assert f"/tests/interviews/{card.pk}/" in letter.text
    assert AuditEntry.objects.filter(verb="scorecard.recorded").count() == 1


def test_an_employers_card_counts_nowhere_by_itself(card, candidate, member, recruiter, now):
    assert not Measurement.objects.exists()
    with pytest.raises(UnableToChangeCard):
        confirm_scorecard(scorecard=card, by=recruiter, now=now)
    assert list(scorecards_for(member.employer, candidate)) == [card]
    other = MembershipFactory(employer__accepted=True)
    assert list(scorecards_for(other.employer, candidate)) == []


def test_agreed_and_confirmed_the_mapped_skills_count(card, candidate, recruiter, now):
    changed = candidate.changed_at
    agree_to_scorecard(scorecard=card, agrees=True, now=now)
    confirm_scorecard(scorecard=card, by=recruiter, now=now + timedelta(hours=1))
    rows = Measurement.objects.order_by("skill_id")
    # A rating of 2 is no level; motivation is no skill.
    assert [(row.skill_id, row.level, row.source) for row in rows] == [
        ("active_listening", 2, MeasurementSource.INTERVIEW_SCORECARD),
        ("de_escalation", 3, MeasurementSource.INTERVIEW_SCORECARD),
    ]
    assert rows[0].evidence == f"Listening, rated 4 of 5 in a structured interview; scorecard {card.pk}."
    assert (rows[0].measured_on, rows[0].expires_on.year) == (now.date(), 2028)
    assert rows[0].recorded_by == recruiter
    assert card.ratings.get(competence="listening").measurement == rows[0]
    candidate.refresh_from_db()
    assert candidate.changed_at > changed
    for again in (
        lambda: confirm_scorecard(scorecard=card, by=recruiter, now=now),
        lambda: agree_to_scorecard(scorecard=card, agrees=False, now=now),
        lambda: withdraw_scorecard(scorecard=card, reason="Too late", by=recruiter, now=now),
    ):
        with pytest.raises(UnableToChangeCard):
            again()
    assert Measurement.objects.count() == 2


def test_agreeing_can_be_taken_back_until_it_is_confirmed(card, recruiter, now):
    agree_to_scorecard(scorecard=card, agrees=True, now=now)
    agree_to_scorecard(scorecard=card, agrees=False, now=now)
    with pytest.raises(UnableToChangeCard):
        confirm_scorecard(scorecard=card, by=recruiter, now=now)


def test_a_person_who_is_not_listed_is_out_of_reach(member, now):
    person = CandidateFactory()
    with pytest.raises(NotListed):
        scorecard(person, employer=member.employer, by=member.user, now=now)
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ratings": {}}, "", "at least one competence"),
        ({"ratings": {"listening": Rated(6, SAID)}}, "rating_listening", "one of the five"),
        ({"ratings": {"listening": Rated(0, SAID)}}, "rating_listening", "one of the five"),
        ({"ratings": {"listening": Rated(3, "  Good.  ")}}, "evidence_listening", "said or did"),
        ({"ratings": {"listening": Rated(3, "x" * 2001)}}, "evidence_listening", "2,000"),
        ({"ratings": {"charm": Rated(3, SAID)}}, "", "not on the scorecard"),
        ({"days": 1}, "interviewed_on", "future"),
        ({"days": -91}, "interviewed_on", "90 days"),
    ],
)
def test_a_bad_card_is_refused_and_nothing_is_written(candidate, member, now, changes, field, words):
    with pytest.raises(UnableToScore) as refused:
        record_scorecard(
            candidate=candidate,
            employer=member.employer,
            key=uuid4(),
            interviewed_on=now.date() + timedelta(days=changes.get("days", 0)),
            ratings=changes.get("ratings", {"listening": Rated(3, SAID)}),
            by=member.user,
            now=now,
        )
    assert [flaw.field for flaw in refused.value.flaws] == [field]
    assert words in str(refused.value.flaws[0].text)
    assert not Scorecard.objects.exists()
    assert not OutboxMail.objects.exists()


def test_a_form_sent_twice_makes_one_card(candidate, member, now):
    facts = {
        "candidate": candidate, "employer": member.employer, "key": uuid4(), "interviewed_on": now.date(),
        "ratings": {"listening": Rated(3, SAID)}, "by": member.user, "now": now,
    }  # fmt: skip
    assert record_scorecard(**facts) == record_scorecard(**facts)
    with pytest.raises(UnableToScore, match="used before"):
        record_scorecard(**{**facts, "candidate": CandidateFactory(listed=True)})
    assert OutboxMail.objects.count() == 1


# --- a recruiter's card ---------------------------------------------------------------------------------------


def test_a_recruiters_card_counts_at_once_also_for_somebody_not_listed(recruiter, now):
    card = scorecard(CandidateFactory(), employer=None, by=recruiter, now=now)
    assert (card.confirmed_by, card.confirmed_at) == (recruiter, now)
    assert Measurement.objects.get().skill_id == "active_listening"
    assert "A recruiter wrote down" in OutboxMail.objects.get().text


# --- reply and taking back ------------------------------------------------------------------------------------


def test_matching_hears_once_of_a_card_with_several_skills(
    candidate, recruiter, now, django_capture_on_commit_callbacks
):
    rated = {"listening": 4, "calm": 5, "solving": 4}
    with django_capture_on_commit_callbacks() as callbacks:
        scorecard(candidate, employer=None, by=recruiter, ratings=rated, now=now)
    assert Measurement.objects.count() > 1
    told = [one.args for one in callbacks if one.args and one.args[0] == "matching.refresh_candidate"]
    assert told == [("matching.refresh_candidate", {"candidate_id": candidate.pk})]


def test_one_reply_stands(card, now):
    reply_to_scorecard(scorecard=card, reply="  I also told about my sister's shop. ", now=now)
    with pytest.raises(UnableToChangeCard):
        reply_to_scorecard(scorecard=card, reply="Another", now=now)
    card.refresh_from_db()
    assert card.reply == "I also told about my sister's shop."


@pytest.mark.parametrize("reply", ["", "   ", "x" * 4001])
def test_an_empty_or_endless_reply_is_refused(card, now, reply):
    with pytest.raises(UnableToChangeCard):
        reply_to_scorecard(scorecard=card, reply=reply, now=now)


def test_taken_back_it_leaves_the_employer_and_stays_with_the_person(card, candidate, member, now):
    with pytest.raises(UnableToChangeCard):
        withdraw_scorecard(scorecard=card, reason=" ", by=member.user, now=now)
    withdraw_scorecard(scorecard=card, reason="It was about somebody else.", by=member.user, now=now)
    assert list(scorecards_for(member.employer, candidate)) == []
    page = words_of(signed_in(candidate.user).get(f"/tests/interviews/{card.pk}/"))
    assert "Taken back It was about somebody else." in page
    with pytest.raises(UnableToChangeCard):
        agree_to_scorecard(scorecard=card, agrees=True, now=now)


@pytest.mark.django_db(transaction=True)
def test_two_recruiters_at_once_confirm_once(now):
    member, recruiters = (
        MembershipFactory(employer__accepted=True),
        [UserFactory(staff=True) for _ in range(3)],
    )
    card = scorecard(CandidateFactory(listed=True), employer=member.employer, by=member.user, now=now)
    agree_to_scorecard(scorecard=card, agrees=True, now=now)

    def confirm(recruiter):
        try:
            confirm_scorecard(scorecard=card, by=recruiter, now=now)
            return True
        except UnableToChangeCard:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(confirm, recruiters)) == [False, False, True]
    assert Measurement.objects.count() == 1


# --- pages of the person --------------------------------------------------------------------------------------


def words_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def test_the_person_reads_replies_and_agrees(card, candidate, member):
    browser, address = signed_in(candidate.user), f"/tests/interviews/{card.pk}/"
    assert "you can reply" in words_of(browser.get("/tests/"))
    page = words_of(browser.get(address))
    assert "Listening 4 of 5. Asks on until it is clear, checks it, and only then acts." in page
    assert "Told about listening in a whole story." in page
    assert "No overall mark is made of them." in page
    empty = browser.post(address, {"reply": " "})
    assert (empty.status_code, "Nothing is written yet." in words_of(empty)) == (422, True)
    assert "Your reply stands" in words_of(browser.post(address, {"reply": "Thanks <b>"}, follow=True))
    assert "Your first reply stands" in words_of(browser.post(address, {"reply": "More"}, follow=True))
    assert "Thanks &lt;b&gt;" in browser.get(address).content.decode()
    browser.post(f"{address}agree/", {"agrees": "yes"})
    card.refresh_from_db()
    assert card.agreed_at is not None
    browser.post(f"{address}agree/", {"agrees": "no"})
    card.refresh_from_db()
    assert card.agreed_at is None


def test_a_level_from_an_interview_leads_to_its_card(recruiter, now):
    person = CandidateFactory()
    card = scorecard(person, employer=None, by=recruiter, now=timezone.now())
    page = signed_in(person.user).get("/tests/").content.decode()
    assert page.count(f'href="/tests/interviews/{card.pk}/"') == 2  # at the skill, and among the interviews


def test_nobody_else_reads_or_answers_a_card(card):
    other = signed_in(CandidateFactory().user)
    assert other.get(f"/tests/interviews/{card.pk}/").status_code == 404
    assert other.post(f"/tests/interviews/{card.pk}/", {"reply": "x"}).status_code == 404
    assert other.post(f"/tests/interviews/{card.pk}/agree/", {"agrees": "yes"}).status_code == 404


# --- the administration ---------------------------------------------------------------------------------------


def test_a_recruiter_writes_a_card_beside_the_anchors(recruiter, candidate):
    browser, address = signed_in(recruiter), "/admin/assessments/scorecard/add/"
    page = browser.get(address)
    assert "Asks on until it is clear" in words_of(page)
    sent = {
        "public_id": candidate.public_id, "key": uuid4(), "interviewed_on": timezone.now().date(),
        "rating_calm": "4", "evidence_calm": "Stayed calm with an angry neighbour and found a day.",
    }  # fmt: skip
    wrong = browser.post(address, {**sent, "evidence_calm": ""})
    assert "Say what the person said or did" in words_of(wrong)
    missing = browser.post(address, {**sent, "public_id": uuid4()})
    assert "There is no candidate with this number." in words_of(missing)
    assert not Scorecard.objects.exists()
    assert browser.post(address, sent).status_code == 302
    assert browser.post(address, sent).status_code == 302  # a doubled click
    assert Measurement.objects.get().skill_id == "de_escalation"


def test_a_recruiter_confirms_what_the_person_agreed_to(card, recruiter, now):
    browser, address = signed_in(recruiter), f"/admin/assessments/scorecard/{card.pk}/"
    assert "Confirm: let" not in browser.get(f"{address}change/").content.decode()
    refused = browser.post(f"{address}confirm/", follow=True)
    assert "Nothing was changed" in words_of(refused)
    agree_to_scorecard(scorecard=card, agrees=True, now=now)
    assert "Confirm: let" in browser.get(f"{address}change/").content.decode()
    browser.get(f"{address}confirm/")
    assert not Measurement.objects.exists()
    browser.post(f"{address}confirm/")
    assert Measurement.objects.count() == 2
