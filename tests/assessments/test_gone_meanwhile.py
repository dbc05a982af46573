"""What would end in a measurement, begun while the person is deleting their account: nothing is kept, and nobody is stuck."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assessments.actions.confirmations import UnableToAsk, ask_for_confirmation
from assessments.actions.desk.runs import start_measured_run
from assessments.actions.measurements import UnableToRevoke, record_measurement, revoke_measurement
from assessments.actions.ratings import UnableToRate, give_rating, take_next
from assessments.actions.scorecards import (
    UnableToChangeCard,
    UnableToScore,
    agree_to_scorecard,
    confirm_scorecard,
)
from assessments.actions.sessions import answer_item, start_session
from assessments.actions.task_runs import answer_task, start_tasks
from assessments.actions.typing_runs import finish_typing, start_typing
from assessments.enums import MeasurementSource
from assessments.models import Measurement, Scorecard, Session, TaskRun, TypingRun
from assessments.rules.computer_tasks import tasks_of
from assessments.rules.typing_test import typing_test
from candidates.actions.errors import ProfileGone
from candidates.models import Candidate
from placements.actions.leaving import leave
from placements.actions.locking import lock_candidate
from reference.models import Language
from tests.accounts.at_once import at_once, wait_until_blocked
from tests.assessments.desk_play import scenario
from tests.assessments.test_computer_tasks import given
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, MeasurementFactory, finished_session, scorecard
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.rated import WORDS, RaterFactory, handed_in, levels

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[], Any]


def in_the_middle_of_leaving(person: Candidate, act: Act, now: datetime) -> Any:
    """What `act` came to, which had to wait while the person's row was held, as it is before anything else is deleted."""
    held = threading.Event()

    def go() -> None:
        with transaction.atomic():
            assert lock_candidate(person.pk)
            held.set()
            wait_until_blocked()
            leave(candidate=person, by=person.user, now=now)

    def follow() -> Any:
        assert held.wait(timeout=30)
        return act()

    left, found = at_once(go, follow)
    assert left is None, left
    assert not Candidate.objects.filter(pk=person.pk).exists()
    return found


def an_answer(person: Candidate, now: datetime) -> Act:
    session = start_session(candidate=person, bank=BankFactory(min_items=1, max_items=1), seed=1, now=now)
    key = session.responses.get().item.key
    return lambda: answer_item(session=session, candidate=person, position=1, answer=key, now=now)


def a_task(person: Candidate, now: datetime) -> Act:
    run = start_tasks(candidate=person, seed=21, now=now)
    *tasks, last = enumerate(tasks_of(21), start=1)
    for position, task in tasks:
        answer_task(run=run, position=position, answer=given(task), now=now)
    return lambda: answer_task(run=run, position=last[0], answer=given(last[1]), now=now)


def a_copy(person: Candidate, now: datetime) -> Act:
    run = start_typing(candidate=person, language="en", practice=False, limit_seconds=300, seed=1, now=now)
    passage = typing_test().find(run.passage)
    assert passage
    return lambda: finish_typing(
        run=run, typed=passage.text, now=now + timedelta(seconds=len(passage.text) / 5)
    )


def a_shift(person: Candidate, now: datetime) -> Act:
    scenario(measured=True)
    run = start_measured_run(candidate=person, language="en", time_factor=Decimal(1), seed=7, now=now)
    browser = signed_in(person.user)
    return lambda: browser.post(reverse("assessments:desk_end", args=[run.pk])).status_code


def a_certificate(person: Candidate, now: datetime) -> Act:
    english, staff = Language.objects.get(pk="en"), UserFactory(staff=True)
    facts = {"source": MeasurementSource.CERTIFICATE, "evidence": "Certificate 12, seen by me.", "level": 4}
    days = {"measured_on": now.date(), "expires_on": now.date() + timedelta(days=300)}
    return lambda: record_measurement(candidate=person, language=english, by=staff, now=now, **facts, **days)


def a_rating(person: Candidate, now: datetime) -> Act:
    work, rater = handed_in(person, now), RaterFactory(languages=["en"])
    rating = take_next(by=rater.user, now=now)
    assert rating
    assert rating.work_id == work.pk
    given_levels = levels(work, 4)
    return lambda: give_rating(rating=rating, levels=given_levels, words=WORDS, by=rater.user, now=now)


def an_interview(person: Candidate, now: datetime) -> Act:
    staff = UserFactory(staff=True)
    return lambda: scorecard(person, employer=None, by=staff, now=now)


def a_confirmed_interview(person: Candidate, now: datetime) -> Act:
    Candidate.objects.filter(pk=person.pk).update(listed=True)
    member, staff = MembershipFactory(employer__accepted=True), UserFactory(staff=True)
    card = scorecard(person, employer=member.employer, by=member.user, now=now)
    agree_to_scorecard(scorecard=card, agrees=True, now=now)
    return lambda: confirm_scorecard(scorecard=card, by=staff, now=now)


def taking_back(person: Candidate, now: datetime) -> Act:
    measurement, staff = MeasurementFactory(candidate=person), UserFactory(staff=True)
    return lambda: revoke_measurement(measurement=measurement, reason="Not theirs.", by=staff, now=now)


def asking_again(person: Candidate, now: datetime) -> Act:
    finished_session(person, BankFactory())
    measurement, staff = person.measurements.get(), UserFactory(staff=True)
    return lambda: ask_for_confirmation(measurement=measurement, reason="An offer.", by=staff, now=now)


CASES: list[tuple[Callable[[Candidate, datetime], Act], Any]] = [
    (an_answer, Session.DoesNotExist),
    (a_task, TaskRun.DoesNotExist),
    (a_copy, TypingRun.DoesNotExist),
    (a_shift, 410),
    (a_certificate, ProfileGone),
    (a_rating, UnableToRate),
    (an_interview, UnableToScore),
    (a_confirmed_interview, UnableToChangeCard),
    (taking_back, UnableToRevoke),
    (asking_again, UnableToAsk),
]


def test_nothing_is_recorded_of_somebody_who_is_leaving() -> None:
    now = timezone.now()
    for prepare, expected in CASES:
        person = CandidateFactory()
        found = in_the_middle_of_leaving(person, prepare(person, now), now)
        came_to = found if isinstance(expected, int) else type(found)
        assert (prepare.__name__, came_to) == (prepare.__name__, expected), found
        assert not Measurement.objects.exists()
        assert not Scorecard.objects.exists()
        assert not Candidate.objects.exists()


def test_whoever_leaves_in_the_middle_of_a_recording_waits_for_it_and_takes_it_along() -> None:
    now, person = timezone.now(), CandidateFactory()
    record, done = a_certificate(person, now), threading.Event()

    def recording() -> None:
        with transaction.atomic():
            record()
            done.set()
            wait_until_blocked()

    def leaving() -> int:
        assert done.wait(timeout=30)
        return leave(candidate=person, by=person.user, now=now)

    assert at_once(recording, leaving) == [None, 0]
    assert not Measurement.objects.exists()
    assert not Candidate.objects.exists()


def test_staff_read_that_the_person_has_left(staff_client: Any) -> None:
    """On the page on which a certificate is recorded."""
    now, person = timezone.now(), CandidateFactory()
    sent = {
        "public_id": str(person.public_id), "language": "en", "level": "4", "source": MeasurementSource.CERTIFICATE,
        "evidence": "Certificate 12, seen by me.", "measured_on": now.date().isoformat(),
        "expires_on": (now.date() + timedelta(days=300)).isoformat(), "key": str(uuid4()),
    }  # fmt: skip
    url = reverse("admin:assessments_measurement_add")
    answer = in_the_middle_of_leaving(person, lambda: staff_client.post(url, sent, follow=True), now)
    assert "This person has left the platform meanwhile. Nothing was recorded." in answer.content.decode()
