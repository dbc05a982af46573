"""A short test that confirms a level, and never lowers one."""

from datetime import timedelta
from threading import Event

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import AuditEntry, OutboxMail
from assessments.actions.confirmations import (
    UnableToAsk,
    UnableToConfirm,
    ask_for_confirmation,
    start_confirmation,
    withdraw_confirmation,
)
from assessments.actions.sessions import SessionIsOver, answer_item, start_session
from assessments.enums import ConfirmationOutcome, ConfirmationState, SessionKind, SessionState
from assessments.models import ConfirmationTest, IntegrityFlag, Measurement, Response, Session
from assessments.queries import retake_day
from assessments.queries.standings import bank_standings
from assessments.rules.confirmation import compare
from tests.accounts.at_once import at_once, wait_until_blocked
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, MeasurementFactory, finished_session
from tests.factories.candidates import CandidateFactory
from tests.factories.integrity import ConfirmationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return ConfirmationFactory(bank=BankFactory(code="english"))


def begun(asked, now, seed=3):
    return start_confirmation(confirmation=asked, candidate=asked.measurement.candidate, seed=seed, now=now)


def finish(session, now, right):
    while session.state == SessionState.OPEN:
        row = session.responses.select_related("item").get(answered_at=None)
        now += timedelta(seconds=20)
        chosen = row.item.key if right(row.item) else (row.item.key + 1) % 4
        session = answer_item(
            session=session, candidate=session.candidate, position=row.position, answer=chosen, now=now
        )
    return session


@pytest.mark.parametrize(
    ("first", "again", "difference", "allowed", "confirms"),
    [
        ((0.8, 0.3), (0.8, 0.4), 0.0, 0.822427, True),
        ((0.8, 0.3), (-0.02, 0.4), 0.82, 0.822427, True),
        ((0.8, 0.3), (-0.03, 0.4), 0.83, 0.822427, False),
        ((0.8, 0.3), (4.0, 0.4), -3.2, 0.822427, True),  # better than before is no ground for anything
        ((2.0, 0.0), (2.0, 0.0), 0.0, 0.0, True),
    ],
)
def test_the_rule_by_hand(first, again, difference, allowed, confirms):
    found = compare(*first, *again)
    assert found.difference == pytest.approx(difference)
    assert found.allowed == pytest.approx(allowed, abs=1e-6)
    assert found.confirms is confirms


def test_it_is_short_and_new_and_begins_at_the_measured_ability(asked, now):
    seen = list(asked.measurement.session.bank.items.filter(state="live")[:10])
    Response.objects.bulk_create(
        Response(session=asked.measurement.session, item=item, position=n, given_at=now)
        for n, item in enumerate(seen, start=1)
    )
    session = begun(asked, now)
    assert session.kind == SessionKind.CONFIRMATION
    assert abs(session.responses.get().item.b - 0.8) < 1.5
    session = finish(session, now, right=lambda item: item.b < 0.8)
    given = session.responses.count()
    assert 8 <= given <= 10
    assert not set(session.responses.values_list("item", flat=True)) & {item.pk for item in seen}


def test_a_result_near_the_first_confirms_and_measures_nothing_anew(asked, now):
    before = list(Measurement.objects.values())
    session = finish(begun(asked, now), now, right=lambda item: item.b < 0.8)
    asked.refresh_from_db()
    assert (asked.state, asked.outcome, asked.session) == ("done", ConfirmationOutcome.CONFIRMS, session)
    assert list(Measurement.objects.values()) == before
    assert not IntegrityFlag.objects.exists()


def test_clearly_less_asks_a_person_and_lowers_nothing(asked, now):
    before = list(Measurement.objects.values())
    session = finish(begun(asked, now), now, right=lambda item: False)
    asked.refresh_from_db()
    assert asked.outcome == ConfirmationOutcome.LOOK
    assert asked.difference > asked.allowed > 0
    assert list(Measurement.objects.values()) == before
    flag = IntegrityFlag.objects.get(session=session)
    assert flag.facts == {"difference": round(asked.difference, 2), "allowed": round(asked.allowed, 2)}
    page = signed_in(session.candidate.user).get(f"/tests/confirmations/{asked.pk}/").content.decode()
    assert "a person looks at it" in page
    assert f"/tests/flags/{flag.pk}/" in page


def test_it_neither_delays_a_retake_nor_counts_as_the_last_test(asked, now):
    bank, person = asked.measurement.session.bank, asked.measurement.candidate
    first = retake_day(person, bank)
    finish(begun(asked, now + timedelta(days=13)), now + timedelta(days=13), right=lambda item: True)
    assert retake_day(person, bank) == first
    assert bank_standings(person, [bank], now)[0].last == asked.measurement.session


def test_it_is_asked_for_once_with_a_reason_and_a_mail(now):
    session = finished_session(CandidateFactory(), BankFactory())
    by = UserFactory(staff=True)
    made = ask_for_confirmation(measurement=session.measurement, reason="Before an offer.", by=by, now=now)
    assert AuditEntry.objects.get(verb="confirmation.asked").reason == "Before an offer."
    assert f"/tests/confirmations/{made.pk}/" in OutboxMail.objects.get().text
    for reason in ("Again.", " "):
        with pytest.raises(UnableToAsk):
            ask_for_confirmation(measurement=session.measurement, reason=reason, by=by, now=now)
    assert ConfirmationTest.objects.count() == OutboxMail.objects.count() == 1


def test_only_a_standing_test_result_with_unseen_items_can_be_confirmed(now):
    by = UserFactory(staff=True)
    certificate = MeasurementFactory()
    revoked = finished_session(CandidateFactory(), BankFactory()).measurement
    revoked.revoked_at = now
    short = finished_session(CandidateFactory(), BankFactory(items=7)).measurement
    for measurement in (certificate, revoked, short):
        with pytest.raises(UnableToAsk):
            ask_for_confirmation(measurement=measurement, reason="Why.", by=by, now=now)
    assert not ConfirmationTest.objects.exists()


def test_starting_twice_goes_on_and_another_open_test_comes_first(asked, now):
    session = begun(asked, now)
    assert begun(asked, now, seed=9).pk == session.pk
    other = ConfirmationFactory()
    later = other.measurement.session.finished_at + timedelta(days=30)
    start_session(
        candidate=other.measurement.candidate, bank=other.measurement.session.bank, seed=1, now=later
    )
    with pytest.raises(UnableToConfirm):
        begun(other, later)


def test_two_starts_at_once_make_one_session(transactional_db, asked, now):
    made = at_once(*[lambda: begun(asked, now).pk] * 2)
    assert len(set(made)) == 1
    assert Session.objects.filter(kind="confirmation").count() == 1


def test_one_that_was_done_or_withdrawn_cannot_be_taken(asked, now):
    session = begun(asked, now)
    withdraw_confirmation(confirmation=asked, reason="Not needed.", by=asked.asked_by, now=now)
    session.refresh_from_db()
    assert session.state == SessionState.LEFT
    with pytest.raises(SessionIsOver):
        answer_item(session=session, candidate=session.candidate, position=1, answer=0, now=now)
    with pytest.raises(UnableToConfirm):
        begun(asked, now)


def test_withdrawing_waits_for_an_answer_that_is_being_counted(transactional_db, asked, now):
    """Whoever counts an answer holds the session and may want the confirmation next: it has to be free."""
    session = begun(asked, now)
    free = []

    def answers():
        with transaction.atomic():
            Session.objects.select_for_update().get(pk=session.pk)
            holds.set()
            wait_until_blocked()
            rows = ConfirmationTest.objects.select_for_update(nowait=True)
            free.append(rows.get(pk=asked.pk).state)

    def withdraws():
        assert holds.wait(timeout=10)
        withdraw_confirmation(confirmation=asked, reason="Not needed.", by=asked.asked_by, now=now)

    holds = Event()
    assert at_once(answers, withdraws) == [None, None]
    assert free == [ConfirmationState.ASKED]
    session.refresh_from_db()
    assert session.state == SessionState.LEFT


def test_the_person_takes_it_on_the_pages(asked):
    browser = signed_in(asked.measurement.candidate.user)
    address = f"/tests/confirmations/{asked.pk}/"
    assert address in browser.get("/tests/").content.decode()
    assert "8 to 10" in browser.get(address).content.decode()
    item = browser.post(address).url
    page = browser.get(item).content.decode()
    assert "At most 10 questions left" in page
    session = Session.objects.get(kind="confirmation")
    finish(session, session.started_at, right=lambda item: item.b < 0.8)
    assert browser.get(item).url == f"{item}result/"
    assert browser.get(f"{item}result/").url == address
    assert "It confirms your level" in browser.get(address).content.decode()
    assert browser.post(address).url == address
    assert Session.objects.filter(kind="confirmation").count() == 1


def test_staff_ask_and_withdraw_in_the_admin(staff_client):
    session = finished_session(CandidateFactory(), BankFactory())
    change = reverse("admin:assessments_measurement_change", args=[session.measurement.pk])
    ask = reverse("admin:assessments_confirmationtest_ask", args=[session.measurement.pk])
    assert ask in staff_client.get(change).content.decode()
    assert staff_client.get(ask).status_code == 200
    assert staff_client.post(ask, {"reason": "Before an offer."}).url == change
    made = ConfirmationTest.objects.get()
    assert made.asked_by == staff_client.user
    withdraw = reverse("admin:assessments_confirmationtest_withdraw", args=[made.pk])
    staff_client.post(withdraw, {"reason": "Asked by mistake."})
    made.refresh_from_db()
    assert made.state == ConfirmationState.WITHDRAWN
    assert AuditEntry.objects.get(verb="confirmation.withdrawn").reason == "Asked by mistake."


def test_staff_who_may_only_read_cannot_ask():
    from django.contrib.auth.models import Permission

    session = finished_session(CandidateFactory(), BankFactory())
    reader = UserFactory(is_staff=True, totp=True)
    reader.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="assessments", codename__startswith="view_")
    )
    ask = reverse("admin:assessments_confirmationtest_ask", args=[session.measurement.pk])
    assert signed_in(reader).post(ask, {"reason": "Why not."}).status_code == 403
    assert not ConfirmationTest.objects.exists()


def test_all_of_it_goes_with_the_person(asked, now):
    finish(begun(asked, now), now, right=lambda item: False)
    assert IntegrityFlag.objects.count() == 1
    asked.measurement.candidate.delete()
    for model in (IntegrityFlag, ConfirmationTest, Session, Measurement):
        assert not model.objects.exists()
