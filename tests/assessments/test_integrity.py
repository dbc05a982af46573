"""Integrity without surveillance: what asks a person to look, what the candidate sees, what staff decide."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEntry, OutboxMail
from assessments.actions.integrity import (
    UnableToAnswerFlag,
    UnableToDecide,
    answer_flag,
    check_session,
    check_waiting_sessions,
    decide_flag,
)
from assessments.actions.sessions import answer_item, start_session
from assessments.enums import ConfirmationState, FlagState, SessionState
from assessments.models import ConfirmationTest, IntegrityFlag, Measurement, Response, Session
from assessments.rules.integrity import TimedAnswer, quick_answers, readable_seconds
from assessments.rules.noted import read_noted
from tests.accounts.at_once import at_once
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.integrity import FlagFactory

pytestmark = pytest.mark.django_db


def taken(candidate, bank, now, seconds, right=True):
    """A whole test, each answer after so many seconds."""
    session = start_session(candidate=candidate, bank=bank, seed=5, now=now)
    while session.state == SessionState.OPEN:
        row = session.responses.select_related("item").get(answered_at=None)
        now += timedelta(seconds=seconds)
        chosen = row.item.key if right else (row.item.key + 1) % 4
        session = answer_item(
            session=session, candidate=candidate, position=row.position, answer=chosen, now=now
        )
    return session


# --- the rule ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "seconds"), [(0, 2.0), (20, 2.0), (30, 3.0), (120, 12.0)])
def test_nobody_reads_faster_than_ten_words_a_second(words, seconds):
    assert readable_seconds(words) == seconds


@pytest.mark.parametrize(
    ("quick_right", "quick_wrong", "slow_right", "asks"),
    [
        (12, 0, 18, True),  # exactly 40 %
        (11, 0, 19, False),
        (6, 0, 9, True),
        (5, 0, 0, False),  # too few to say anything
        (0, 30, 0, False),  # somebody who gave up: no ground for a flag
        (0, 0, 30, False),
    ],
)
def test_only_many_right_answers_that_cannot_have_been_read_ask_to_look(
    quick_right, quick_wrong, slow_right, asks
):
    answers = [TimedAnswer(1.0, 40, True)] * quick_right + [TimedAnswer(1.0, 40, False)] * quick_wrong
    answers += [TimedAnswer(4.0, 40, True)] * slow_right
    assert quick_answers(answers).asks_to_look is asks


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("copied:1 pasted:0 left:2 away_seconds:31", {"copied": 1, "left": 2, "away_seconds": 31}),
        ("", {}),
        ("left:-1 copied:x :3 left pasted:1e9", {}),
        ("clipboard:5 keys:99", {}),
        ("left:99999999999999", {"left": 9_999}),
        ("left:²", {}),
    ],
)
def test_what_the_page_sends_is_counts_and_nothing_else(sent, kept):
    assert read_noted(sent) == kept


# --- after a session --------------------------------------------------------------------------------------------------


def test_a_usual_session_raises_nothing(now):
    session = taken(CandidateFactory(), BankFactory(), now, seconds=20)
    assert check_session(session_id=session.pk, now=now) == []
    session.refresh_from_db()
    assert session.checked_at == now
    assert not OutboxMail.objects.exists()


def test_right_answers_that_came_too_soon_ask_a_person_and_change_nothing_else(now):
    person = CandidateFactory()
    session = taken(person, BankFactory(), now, seconds=1)
    measured = Measurement.objects.values().get()
    person.refresh_from_db()
    changed = person.changed_at
    (flag,) = check_session(session_id=session.pk, now=now)
    answered = session.responses.exclude(answered_at=None).count()
    assert flag.facts == {"quick_right": answered, "answered": answered}
    assert Measurement.objects.values().get() == measured
    person.refresh_from_db()
    assert person.changed_at == changed
    assert AuditEntry.objects.get(verb="integrity.flagged").actor is None
    assert OutboxMail.objects.get().recipient == person.user.email


def test_wrong_answers_that_came_too_soon_are_nobodys_business(now):
    session = taken(CandidateFactory(), BankFactory(), now, seconds=1, right=False)
    assert check_session(session_id=session.pk, now=now) == []


def odd(person, bank, now):
    """A finished test in which the ten easiest of thirty questions went wrong and all others right."""
    session = start_session(candidate=person, bank=bank, seed=5, now=now)
    session.responses.all().delete()
    items = list(bank.items.filter(state="live").order_by("b")[:30])
    Response.objects.bulk_create(
        Response(session=session, item=item, position=n, given_at=now, answered_at=now + timedelta(seconds=60),
                 answer=0, credit=int(n > 10), correct=n > 10)
        for n, item in enumerate(items, start=1)
    )  # fmt: skip
    session.state, session.finished_at, session.theta, session.standard_error = "finished", now, 0.0, 0.4
    session.save()
    return session


def test_easy_ones_wrong_and_hard_ones_right_ask_a_person(now):
    session = odd(CandidateFactory(), BankFactory(), now)
    (flag,) = check_session(session_id=session.pk, now=now)
    assert (flag.reason, flag.facts["limit"]) == ("unusual_pattern", -2.5)
    assert flag.facts["fit"] < -2.5
    page = signed_in(session.candidate.user).get(f"/tests/flags/{flag.pk}/").content.decode()
    assert "hard ones right more often than usual" in page


def test_the_pattern_of_a_short_test_of_a_skill_says_too_little(now):
    bank = BankFactory(judgement=True, items=30, cuts=[-1.0, 1.0])
    assert check_session(session_id=odd(CandidateFactory(), bank, now).pk, now=now) == []


def test_a_session_is_looked_through_once(now):
    session = taken(CandidateFactory(), BankFactory(), now, seconds=1)
    assert len(check_session(session_id=session.pk, now=now)) == 1
    assert check_session(session_id=session.pk, now=now) == []
    assert IntegrityFlag.objects.count() == OutboxMail.objects.count() == 1


def test_two_workers_at_once_raise_one_flag(transactional_db, now):
    session = taken(CandidateFactory(), BankFactory(), now, seconds=1)
    at_once(*[lambda: len(check_session(session_id=session.pk, now=now))] * 2)
    assert IntegrityFlag.objects.count() == OutboxMail.objects.count() == 1


def test_a_lost_message_is_swept(now):
    session = taken(CandidateFactory(), BankFactory(), now, seconds=1)
    finished = Session.objects.get(pk=session.pk).finished_at
    Session.objects.update(checked_at=None)
    IntegrityFlag.objects.all().delete()
    assert check_waiting_sessions(now=finished + timedelta(minutes=9)) == 0
    assert check_waiting_sessions(now=finished + timedelta(minutes=11)) == 1
    assert IntegrityFlag.objects.count() == 1
    assert check_waiting_sessions(now=finished + timedelta(minutes=11)) == 0


def test_one_session_that_cannot_be_looked_through_keeps_no_other_waiting(now):
    broken, sound = (taken(CandidateFactory(), bank, now, seconds=1) for bank in [BankFactory()] * 2)
    Session.objects.update(checked_at=None)
    IntegrityFlag.objects.all().delete()
    Session.objects.filter(pk=broken.pk).update(cuts=[], finished_at=now - timedelta(days=1))
    later = now + timedelta(hours=3)
    check_waiting_sessions(now=later)
    assert IntegrityFlag.objects.get().session_id == sound.pk
    assert list(Session.objects.filter(checked_at=None)) == [broken]


def test_an_open_session_is_left_alone(now):
    session = start_session(candidate=CandidateFactory(), bank=BankFactory(), seed=1, now=now)
    assert check_session(session_id=session.pk, now=now) == []
    session.refresh_from_db()
    assert session.checked_at is None


def test_what_the_page_noted_is_kept_beside_the_answer_and_scores_nothing(now):
    person = CandidateFactory()
    BankFactory(code="english")
    browser = signed_in(person.user)
    browser.post("/tests/english/")
    session = Session.objects.get()
    sent = {"position": 1, "answer": 0, "noted": "copied:2 left:1 away_seconds:40 keys:7"}
    browser.post(f"/tests/sessions/{session.pk}/", sent)
    browser.post(f"/tests/sessions/{session.pk}/", {"position": 2, "answer": 0})
    first, second = session.responses.exclude(answered_at=None).order_by("position")
    assert first.noted == {"copied": 2, "left": 1, "away_seconds": 40}
    assert second.noted == {}


def test_the_page_before_a_test_says_what_is_noted():
    BankFactory(code="english")
    page = signed_in(CandidateFactory().user).get("/tests/english/").content.decode()
    assert "how often you copy, paste or leave the page" in page


# --- the person's word ------------------------------------------------------------------------------------------------


def test_the_person_sees_the_facts_and_answers_until_the_decision(now):
    flag = FlagFactory()
    browser = signed_in(flag.session.candidate.user)
    address = f"/tests/flags/{flag.pk}/"
    assert address in browser.get("/tests/").content.decode()
    page = browser.get(address).content.decode()
    assert "14 of 30 answers were right and came sooner" in page
    assert "Your result counts as before" in page
    assert browser.post(address, {"answer": "I know this shop."}).url == address
    assert browser.post(address, {"answer": "I worked in such a shop."}).url == address
    flag.refresh_from_db()
    assert flag.answer == "I worked in such a shop."
    decide_flag(flag=flag, decision="nothing", reason="Knows the field.", by=UserFactory(staff=True), now=now)
    browser.post(address, {"answer": "Too late."})
    flag.refresh_from_db()
    assert flag.answer == "I worked in such a shop."
    decided = browser.get(address).content.decode()
    assert "your result stands" in decided
    assert "Knows the field" not in decided
    assert address not in browser.get("/tests/").content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_answer_without_words_or_without_end_is_refused(text, now):
    flag = FlagFactory()
    assert (
        signed_in(flag.session.candidate.user).post(f"/tests/flags/{flag.pk}/", {"answer": text}).status_code
        == 422
    )
    with pytest.raises(UnableToAnswerFlag):
        answer_flag(flag=flag, candidate=flag.session.candidate, text=text, now=now)
    assert not AuditEntry.objects.filter(verb="integrity.answered").exists()


def test_nobody_answers_for_somebody_else(now):
    flag = FlagFactory()
    other = CandidateFactory()
    assert signed_in(other.user).post(f"/tests/flags/{flag.pk}/", {"answer": "Yes."}).status_code == 404
    with pytest.raises(UnableToAnswerFlag):
        answer_flag(flag=flag, candidate=other, text="Yes.", now=now)


def test_employers_learn_nothing_of_a_flag():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.api.calling import Caller
    from tests.world import World

    world = World()
    vacancy, _flag = world.ranked, world.flag
    member, program = world.client("employer"), Caller(world.token)
    one = [vacancy.pk, world.candidate.public_id]
    for client, address in [
        (member, reverse("placements:shortlist", args=[vacancy.pk])),
        (member, reverse("placements:person", args=one)),
        (program, reverse("api:shortlist", args=[vacancy.pk])),
        (program, reverse("api:shortlisted", args=one)),
    ]:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert not [one for one in asked if "integrityflag" in one["sql"]]


# --- the decision -----------------------------------------------------------------------------------------------------


def test_a_recruiter_decides_with_a_reason_in_the_admin(staff_client):
    flag = FlagFactory()
    address = reverse("admin:assessments_integrityflag_decide", args=[flag.pk])
    assert "14 of 30 answers" in staff_client.get(address).content.decode()
    staff_client.post(address, {"decision": "nothing", "reason": "  "})
    flag.refresh_from_db()
    assert flag.state == FlagState.OPEN
    staff_client.post(address, {"decision": "nothing", "reason": "A quick reader."})
    flag.refresh_from_db()
    assert (flag.state, flag.decision, flag.decided_by) == ("decided", "nothing", staff_client.user)
    entry = AuditEntry.objects.get(verb="integrity.decided")
    assert (entry.actor, entry.reason) == (staff_client.user, "A quick reader.")
    assert OutboxMail.objects.count() == 1


def test_asking_for_a_confirmation_test_keeps_the_level(now):
    flag = FlagFactory()
    by = UserFactory(staff=True)
    decide_flag(flag=flag, decision="confirmation", reason="To be sure.", by=by, now=now)
    asked = ConfirmationTest.objects.get()
    assert (asked.measurement.session, asked.state) == (flag.session, ConfirmationState.ASKED)
    assert asked.measurement.revoked_at is None
    assert {entry.verb for entry in AuditEntry.objects.filter(actor=by)} == {
        "integrity.decided",
        "confirmation.asked",
    }


def test_a_confirmation_that_cannot_be_asked_decides_nothing(now):
    flag = FlagFactory()
    Measurement.objects.update(revoked_at=now)
    with pytest.raises(UnableToDecide):
        decide_flag(
            flag=flag, decision="confirmation", reason="Why not.", by=UserFactory(staff=True), now=now
        )
    flag.refresh_from_db()
    assert flag.state == FlagState.OPEN


@pytest.mark.parametrize(("decision", "reason"), [("nothing", " "), ("lower", "No."), ("", "No.")])
def test_a_decision_needs_a_known_word_and_a_reason(decision, reason, now):
    with pytest.raises(UnableToDecide):
        decide_flag(flag=FlagFactory(), decision=decision, reason=reason, by=UserFactory(staff=True), now=now)


def test_two_recruiters_at_once_decide_once(transactional_db, now):
    flag, by = FlagFactory(), UserFactory(staff=True)

    def decide():
        own = IntegrityFlag.objects.get(pk=flag.pk)
        try:
            decide_flag(flag=own, decision="confirmation", reason="To be sure.", by=by, now=now)
        except UnableToDecide:
            return "late"
        return "decided"

    assert sorted(at_once(decide, decide)) == ["decided", "late"]
    assert ConfirmationTest.objects.count() == 1


def test_the_queue_shows_the_undecided_first_with_a_fixed_number_of_queries(
    staff_client, django_assert_num_queries
):
    bank = BankFactory()
    decided = FlagFactory(decided=True, session__bank=bank)
    waiting = FlagFactory(session__bank=bank)
    address = reverse("admin:assessments_integrityflag_changelist")
    staff_client.get(address)
    with django_assert_num_queries(QUEUE_QUERIES):
        page = staff_client.get(address).content.decode()
    assert page.index(waiting.session.candidate.short_name) < page.index(decided.session.candidate.short_name)
    assert reverse("admin:assessments_integrityflag_decide", args=[waiting.pk]) in page
    assert reverse("admin:assessments_integrityflag_decide", args=[decided.pk]) not in page
    for _ in range(3):
        FlagFactory(session__bank=bank)
    with django_assert_num_queries(QUEUE_QUERIES):
        staff_client.get(address)


QUEUE_QUERIES = 4
