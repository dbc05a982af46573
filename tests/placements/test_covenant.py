"""Nobody is left without an answer: reminders, overdue answers, silent vacancies, receipts, and each of them once."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Notification, OutboxMail, User
from candidates.actions.listing import withdraw_listing
from candidates.actions.quiet import be_seen_again, end_quiet_periods
from candidates.actions.staying import pause_listing, resume_listing
from candidates.models import Candidate
from employers.actions.decision import reject_employer
from matching.actions.allocation import refresh_allocation
from matching.queries.shortlist import shortlist_of
from placements.actions.applications import (
    accept_interest,
    accept_invitation,
    accept_offer,
    decline,
    express_interest,
    invite_candidate,
    start_interview,
)
from placements.actions.settling import settle_vacancy, sweep_promises
from placements.enums import ApplicationState, EndReason, Side
from placements.models import Application
from placements.queries.answers import AnswerRate, answer_rate
from placements.tasks import settle_candidate_task, settle_vacancy_task, sweep_promises_task
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application, member_of, walk
from tests.factories.vacancies import VacancyFactory, version_content
from tests.standing import standing
from vacancies.actions.lifecycle import close_vacancy, pause_vacancy, resume_vacancy
from vacancies.enums import VacancyState
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
STATE = ApplicationState
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Five working days later is Monday the 30th; Portugal rests on 1 and 8 December."""


def days(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def told(user: User) -> list[str]:
    """What the person was told, oldest first."""
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("title", flat=True))


def mails(user: User) -> str:
    """All that was mailed to the person."""
    return "\n".join(OutboxMail.objects.filter(recipient=user.email).values_list("text", flat=True))


def state_of(found: Application) -> tuple[str, str, str]:
    found.refresh_from_db()
    return found.state, found.ended_by, found.reason


def beginning() -> tuple[Vacancy, Candidate]:
    """A vacancy and the person on its shortlist."""
    person = measured_person()
    vacancy = VacancyFactory(employer=MembershipFactory(employer__accepted=True).employer)
    ranked(vacancy)
    return vacancy, person


once = standing(beginning)


@pytest.fixture
def begun(once: Any, db: None) -> Any:
    return deepcopy(once)


@pytest.fixture
def vacancy(begun: Any) -> Vacancy:
    return begun[0]


@pytest.fixture
def person(begun: Any) -> Candidate:
    return begun[1]


@pytest.fixture
def member(vacancy: Vacancy) -> Any:
    return member_of(vacancy.employer)


@pytest.fixture
def invited(vacancy: Vacancy, person: Candidate, member: Any) -> Application:
    return invite_candidate(
        vacancy=vacancy, candidate=person, by=member, now=MONDAY, message="Do you like tea?"
    )


@pytest.fixture
def interested(vacancy: Vacancy, person: Candidate, member: Any) -> Application:
    return express_interest(vacancy=vacancy, candidate=person, by=person.user, now=MONDAY)


def test_the_other_side_hears_of_every_step_in_words_with_the_date_on_both_clocks(
    invited: Application, person: Candidate, member: Any, vacancy: Vacancy
):
    mail = OutboxMail.objects.get(recipient=person.user.email)
    assert mail.subject == f"{vacancy.employer.name} invites you for “{invited.version.title}”"
    for text in (mail.text, mail.html):
        assert "Do you like tea?" in text
        assert "Please answer by the end of Monday 30 November 2026" in text
        assert "23:59 (Lisbon), Tue 1 Dec 2026 00:59 (Amsterdam)" in text
        assert reverse("placements:open_application", args=[invited.public_id]) in text
    accept_invitation(application=invited, by=person.user, now=days(1))
    mail = OutboxMail.objects.get(recipient=member.email)
    assert person.user.identity.display_name in mail.text
    assert "23:59 (Amsterdam)" in mail.text


def test_the_mail_about_a_conversation_says_when_on_both_clocks(
    interested: Application, person: Candidate, member: Any
):
    accept_interest(application=interested, by=member, now=days(1))
    talk = datetime(2026, 11, 30, 13, 30, tzinfo=UTC)
    start_interview(application=interested, by=member, now=days(1), talk_at=talk)
    when = "You talk: Mon 30 Nov 2026 13:30 (Lisbon), 14:30 (Amsterdam)."
    mail = OutboxMail.objects.get(recipient=person.user.email, subject__contains="wants to talk with you")
    assert when in mail.text
    assert when in mail.html
    assert Notification.objects.get(user=person.user, title=mail.subject).text.endswith(when)


def test_no_mail_to_an_employer_names_somebody_before_both_are_interested(
    interested: Application, person: Candidate, member: Any
):
    sweep_promises(now=days(4))
    sweep_promises(now=days(9))
    decline(application=interested, side=Side.EMPLOYER, reason="skills", by=member, now=days(9))
    mails = OutboxMail.objects.filter(recipient=member.email)
    assert mails.count() == 3
    for mail in mails:
        assert person.user.identity.display_name not in mail.text + mail.html + mail.subject
        assert person.user.email not in mail.text + mail.html
        assert f"Candidate {person.short_name}" in mail.text


def test_every_way_to_end_tells_whoever_did_not_do_it(person: Candidate, vacancy: Vacancy, member: Any):
    """Words for each of them exist and say the reason."""
    found = walk(STATE.OFFERED, vacancy, person, member, MONDAY)
    decline(
        application=found,
        side=Side.CANDIDATE,
        reason="other",
        by=person.user,
        now=MONDAY,
        message="I move to <b>Rome</b>.",
    )
    mail = OutboxMail.objects.get(recipient=member.email, subject__startswith="An application has ended")
    assert "The reason: another reason, as written." in mail.text
    assert "> I move to <b>Rome</b>." in mail.text
    assert "I move to &lt;b&gt;Rome&lt;/b&gt;." in mail.html
    other = measured_person()
    ranked(vacancy)
    found = walk(STATE.IN_INTERVIEW, vacancy, other, member, MONDAY)
    decline(application=found, side=Side.EMPLOYER, reason="experience", by=member, now=MONDAY)
    assert "more experience with this kind of customers" in mails(other.user)


def test_a_reminder_goes_out_once_two_working_days_before(invited: Application, person: Candidate):
    sweep_promises(now=days(2))
    assert len(told(person.user)) == 1
    for hour in (0, 1, 30):
        sweep_promises(now=days(4) + timedelta(hours=hour))
    assert told(person.user)[1:] == [f"{invited.employer.name} waits for your answer"]
    invited.refresh_from_db()
    assert invited.reminded_at == days(4)


def test_a_persons_silence_ends_it_with_a_receipt_and_lets_others_go_first(
    invited: Application, person: Candidate, member: Any, vacancy: Vacancy
):
    sweep_promises(now=days(4))
    sweep_promises(now=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    assert state_of(invited) == (STATE.INVITED, "", "")  # half an hour left in Lisbon
    sweep_promises(now=days(8))
    assert state_of(invited) == (STATE.EXPIRED, Side.PLATFORM, EndReason.CANDIDATE_SILENT)
    person.refresh_from_db()
    assert (person.listed, str(person.quiet_until)) == (True, "2026-12-31")
    assert told(person.user)[-1] == f"The time to answer {vacancy.employer.name} has passed"
    assert "Until 31 December 2026 others are shown before you" in mails(person.user)
    assert told(member) == [f"An application has ended: “{invited.version.title}”"]
    assert answer_rate(vacancy.employer, days(8)) == AnswerRate()
    before = (Notification.objects.count(), OutboxMail.objects.count(), AuditEntry.objects.count())
    sweep_promises(now=days(8))
    sweep_promises_task()
    assert (Notification.objects.count(), OutboxMail.objects.count(), AuditEntry.objects.count()) == before


def test_nobody_is_silent_before_they_were_reminded(invited: Application, person: Candidate):
    """The sweep had stood still for a week: first the reminder, the end on a later day."""
    sweep_promises(now=days(9))
    assert state_of(invited)[0] == STATE.INVITED
    assert told(person.user)[-1].endswith("waits for your answer")
    sweep_promises(now=days(10))
    assert state_of(invited)[0] == STATE.EXPIRED


def test_no_employer_is_silent_before_it_was_told(interested: Application, vacancy: Vacancy, member: Any):
    """The same for a company: the day on which it is told that an answer is overdue is not the day of the pause."""
    sweep_promises(now=days(30))
    vacancy.refresh_from_db()
    assert (state_of(interested)[0], vacancy.state) == (STATE.INTERESTED, VacancyState.PUBLISHED)
    assert told(member)[-1].startswith("Overdue: an answer about")
    sweep_promises(now=days(31))
    vacancy.refresh_from_db()
    assert (state_of(interested)[2], vacancy.state) == (EndReason.EMPLOYER_SILENT, VacancyState.PAUSED)


def test_a_sweep_ends_when_what_is_left_is_not_due(invited: Application, monkeypatch: pytest.MonkeyPatch):
    """A day on which many dates are near but none has passed: there is nothing to begin again for."""
    monkeypatch.setattr("placements.actions.settling.MOST", 1)
    sweep_promises(now=days(4))
    assert invited.promise_on == days(7).date()
    assert sweep_promises(now=days(7)) is False
    assert sweep_promises(now=days(8)) is True
    assert sweep_promises(now=days(8)) is False


def test_who_is_quiet_waits_behind_others_and_comes_back_by_one_press(
    vacancy: Vacancy, person: Candidate, now: datetime
):
    other = measured_person(level=4)
    ranked(vacancy)
    refresh_allocation(now=now)
    found = shortlist_of(vacancy)
    assert (found.order, dict(found.waiting)) == ((person.pk, other.pk), {})
    Candidate.objects.filter(pk=person.pk).update(quiet_until=now.date() + timedelta(days=30))
    assert refresh_allocation(now=now) is not None
    found = shortlist_of(vacancy)
    assert (found.order, dict(found.waiting)) == ((other.pk, person.pk), {person.pk: "quiet"})
    row = found.row_of(person.pk)
    assert "Say on your home page that you are there" in row.waiting_reason_you
    assert "invitation" not in row.waiting_reason
    client = signed_in(person.user)
    assert "Are you there?" in client.get(reverse("home")).content.decode()
    assert client.post(reverse("candidates:here_again")).status_code == 302
    assert "Are you there?" not in client.get(reverse("home")).content.decode()
    refresh_allocation(now=now)
    assert shortlist_of(vacancy).order == (person.pk, other.pk)
    assert not be_seen_again(candidate=person, by=person.user, now=now)


def test_quiet_ends_by_itself_and_by_any_answer(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    Candidate.objects.update(quiet_until=now.date())
    assert end_quiet_periods(now=now) == 0
    assert end_quiet_periods(now=now + timedelta(days=1)) == 1
    Candidate.objects.update(quiet_until=now.date() + timedelta(days=9))
    express_interest(vacancy=vacancy, candidate=person, by=person.user, now=now)
    person.refresh_from_db()
    assert person.quiet_until is None


def test_a_silent_employer_is_told_then_paused_and_everybody_goes_free(
    interested: Application, person: Candidate, member: Any, vacancy: Vacancy
):
    colleague = MembershipFactory(employer=vacancy.employer, recruiter=True).user
    others = [measured_person() for _ in range(3)]
    ranked(vacancy)
    fresh = express_interest(vacancy=vacancy, candidate=others[0], by=others[0].user, now=days(13))
    waiting = invite_candidate(vacancy=vacancy, candidate=others[1], by=member, now=days(13))
    offered = walk(STATE.OFFERED, vacancy, others[2], member, days(13))
    sweep_promises(now=days(4))
    assert told(member)[-1] == f"Somebody waits for your answer: “{interested.version.title}”"
    assert told(colleague) == []
    sweep_promises(now=days(8))
    overdue = f"Overdue: an answer about “{interested.version.title}”"
    assert (told(member)[-1], told(colleague)) == (overdue, [overdue])
    assert "by the end of Monday 7 December 2026" in mails(colleague)
    sweep_promises(now=days(14))
    assert state_of(interested)[0] == STATE.INTERESTED
    sweep_promises(now=days(15))
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.PAUSED
    log = vacancy.status_log.order_by("-pk").first()
    assert (log.by, log.words) == (None, "promised answers did not come")
    silent = (STATE.EXPIRED, Side.PLATFORM, EndReason.EMPLOYER_SILENT)
    assert [state_of(one) for one in (interested, fresh, waiting)] == [silent] * 3
    assert state_of(offered)[0] == STATE.OFFERED
    assert told(person.user)[-1] == f"You are free again: {vacancy.employer.name} did not answer"
    assert "everything right" in mails(person.user)
    paused = f"“{interested.version.title}” has paused itself"
    assert (told(member)[-1], told(colleague)[-1]) == (paused, paused)
    # The one that was due counts; those whose time was not over do not. An offer made in time does.
    assert answer_rate(vacancy.employer, days(15)) == AnswerRate(answered=1, in_time=1, total=2)
    count = Notification.objects.count()
    sweep_promises(now=days(15))
    assert Notification.objects.count() == count
    resume_vacancy(vacancy=vacancy, by=member, now=days(16))
    assert express_interest(vacancy=vacancy, candidate=measured_person(), by=member, now=days(16)).is_open


def test_a_late_answer_within_the_grace_keeps_the_vacancy_open(
    interested: Application, member: Any, vacancy: Vacancy
):
    sweep_promises(now=days(8))
    accept_interest(application=interested, by=member, now=days(14))
    sweep_promises(now=days(15))
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.PUBLISHED
    assert answer_rate(vacancy.employer, days(15)) == AnswerRate(answered=1, in_time=0, total=1)
    interested.refresh_from_db()
    assert (interested.reminded_at, interested.overdue_at) == (None, None)


def test_pausing_by_hand_is_no_way_out(interested: Application, member: Any, vacancy: Vacancy):
    pause_vacancy(vacancy=vacancy, by=member, now=days(1))
    sweep_promises(now=days(8))
    sweep_promises(now=days(15))
    assert state_of(interested)[2] == EndReason.EMPLOYER_SILENT


def test_closing_a_vacancy_answers_everybody_on_it(person: Candidate, vacancy: Vacancy, member: Any):
    found = walk(STATE.OFFERED, vacancy, person, member, MONDAY)
    close_vacancy(vacancy=vacancy, because="withdrawn", by=member, now=MONDAY)
    settle_vacancy_task(vacancy_id=vacancy.pk)
    assert state_of(found) == (STATE.DECLINED, Side.PLATFORM, EndReason.VACANCY_CLOSED)
    assert told(person.user)[-1] == f"An answer from {vacancy.employer.name}: “{found.version.title}”"
    assert "This says nothing about you." in mails(person.user)
    settle_vacancy(vacancy_id=vacancy.pk, now=MONDAY)
    assert found.log.count() == 4


def test_when_the_last_opening_is_filled_the_others_hear_it(person: Candidate):
    vacancy = VacancyFactory(content=version_content(openings=1))
    other = measured_person()
    ranked(vacancy)
    member = member_of(vacancy.employer)
    waiting = walk(STATE.BOTH_INTERESTED, vacancy, other, member, MONDAY)
    hired = walk(STATE.OFFERED, vacancy, person, member, MONDAY)
    accept_offer(application=hired, by=person.user, now=MONDAY)
    sweep_promises(now=MONDAY)  # the message of closing was lost
    assert state_of(waiting) == (STATE.DECLINED, Side.PLATFORM, EndReason.POSITION_FILLED)
    assert told(person.user)[-1].startswith("You are hired")
    assert "Your offer is accepted" in told(member)[-1]
    person.refresh_from_db()
    assert (person.listed, person.unlisted_because) == (False, "paused")


def test_taking_back_the_listing_ends_what_is_open_and_a_pause_does_not(
    interested: Application, person: Candidate, member: Any
):
    pause_listing(candidate=person, until=None, by=person.user, now=MONDAY)
    sweep_promises(now=MONDAY)
    assert state_of(interested)[0] == STATE.INTERESTED
    resume_listing(candidate=person, by=person.user, now=MONDAY)
    withdraw_listing(candidate=person, by=person.user, now=MONDAY)
    settle_candidate_task(candidate_id=person.pk)
    assert state_of(interested) == (STATE.WITHDRAWN, Side.CANDIDATE, EndReason.UNLISTED)
    assert "the person is no longer listed" in mails(member)


def test_an_employer_turned_down_later_leaves_nobody_waiting(interested: Application, vacancy: Vacancy):
    reject_employer(
        employer=vacancy.employer, by=UserFactory(staff=True), now=MONDAY, reason="Asked for a fee"
    )
    sweep_promises(now=MONDAY)
    assert state_of(interested)[2] == EndReason.EMPLOYER_GONE


def test_a_row_that_fails_keeps_no_other_from_its_answer():
    first, second = application(STATE.INTERESTED, at=MONDAY), application(STATE.INTERESTED, at=MONDAY)
    for one in (first, second):
        close_vacancy(vacancy=one.vacancy, because="expired", by=UserFactory(), now=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            f"ALTER TABLE placements_applicationlog ADD CONSTRAINT broken CHECK (application_id <> {first.pk}) NOT VALID"
        )
    sweep_promises(now=MONDAY)
    assert [state_of(one)[0] for one in (first, second)] == [STATE.INTERESTED, STATE.DECLINED]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE placements_applicationlog DROP CONSTRAINT broken")
    sweep_promises(now=MONDAY)
    assert state_of(first)[0] == STATE.DECLINED


def test_the_lasting_address_leads_each_side_to_its_page(
    invited: Application, person: Candidate, member: Any
):
    address = reverse("placements:open_application", args=[invited.public_id])
    theirs = signed_in(person.user).get(address)
    assert theirs.headers["Location"] == reverse("placements:my_application", args=[invited.public_id])
    ours = signed_in(member).get(address)
    assert ours.headers["Location"] == reverse(
        "placements:person", args=[invited.vacancy_id, person.public_id]
    )
    assert signed_in(UserFactory()).get(address).status_code == 404
    assert Client().get(address).status_code == 302
