"""An application from the first word to the end: who may begin it, who owes the next answer until when, and how it ends."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from candidates.models import Candidate
from matching.actions.shortlist import hide
from placements.actions.applications import (
    accept_interest,
    accept_invitation,
    accept_offer,
    decline,
    express_interest,
    invite_candidate,
    make_offer,
    start_interview,
    withdraw,
)
from placements.actions.endings import close_for_candidate
from placements.actions.errors import UnableToApply, UnableToMoveApplication
from placements.enums import (
    APPLICATION_MOVES,
    ENDS_IN,
    OPEN_STATES,
    OWED_BY,
    ApplicationState,
    EndReason,
    Side,
)
from placements.models import Application, ApplicationLog
from placements.queries.answers import AnswerRate, answer_rate
from placements.queries.applications import (
    application_between,
    applications_for,
    applications_of,
    due_for,
    due_for_candidate,
)
from placements.queries.stages import stages_of
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application, member_of, walk
from tests.factories.vacancies import VacancyFactory, version_content
from tests.standing import standing
from vacancies.actions.lifecycle import close_vacancy, pause_vacancy
from vacancies.enums import VacancyState
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
STATE = ApplicationState
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def beginning() -> tuple[Vacancy, Candidate]:
    """A published vacancy with two openings, and the person on its shortlist."""
    person, vacancy = measured_person(), VacancyFactory()
    member_of(vacancy.employer)
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


def steps(found: Application) -> list[tuple[str, str, str, str]]:
    """(state, side, whose answer, what became of it) of each step."""
    return list(found.log.order_by("pk").values_list("state", "side", "answer_of", "answer"))


def test_every_open_state_has_somebody_who_owes_and_ends_have_no_way_on():
    assert set(OWED_BY) == set(OPEN_STATES)
    assert {state for state, targets in APPLICATION_MOVES.items() if not targets} == set(STATE) - set(
        OPEN_STATES
    )
    assert set(ENDS_IN) == set(EndReason)


def test_from_an_invitation_to_a_contract(vacancy: Vacancy, person: Candidate, member: Any):
    now = FRIDAY
    found = invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now, message=" Hello! ")
    assert (found.state, found.owed_by, found.message) == (STATE.INVITED, Side.CANDIDATE, "Hello!")
    assert found.promise_on == date(2026, 11, 27)
    assert not found.names_shown
    found = accept_invitation(application=found, by=person.user, now=now + timedelta(days=3))
    assert (found.state, found.owed_by, found.promise_on) == (
        STATE.BOTH_INTERESTED, Side.EMPLOYER, date(2026, 11, 30),
    )  # fmt: skip
    assert found.names_shown
    assert found.met_at == now + timedelta(days=3)
    found = start_interview(application=found, by=member, now=now + timedelta(days=4), note="Tuesday at ten")
    assert found.promise_on == date(2026, 12, 8)
    found = make_offer(application=found, by=member, now=now + timedelta(days=7))
    assert (found.owed_by, found.promise_on) == (
        Side.CANDIDATE,
        date(2026, 12, 7),
    )  # 1 December is a holiday in Portugal
    found = accept_offer(application=found, by=person.user, now=now + timedelta(days=8))
    found.refresh_from_db()
    assert (found.state, found.owed_by, found.promise_on, found.ended_by) == (
        STATE.HIRED,
        "",
        None,
        Side.CANDIDATE,
    )
    assert steps(found) == [
        ("invited", "employer", "", ""),
        ("both_interested", "candidate", "candidate", "in_time"),
        ("in_interview", "employer", "employer", "in_time"),
        ("offered", "employer", "employer", "in_time"),
        ("hired", "candidate", "candidate", "in_time"),
    ]
    assert list(found.log.exclude(note="").values_list("note", flat=True)) == ["Tuesday at ten"]
    verbs = AuditEntry.objects.filter(object_type="placements.application").order_by("pk")
    assert [entry.verb for entry in verbs] == [
        f"application.{state}" for state in ("invited", "both_interested", "in_interview", "offered", "hired")
    ]


def test_the_days_are_working_days_of_the_country_that_answers(
    vacancy: Vacancy, person: Candidate, member: Any
):
    """Portugal works on Boxing Day's Saturday as little as anybody; the Netherlands have a second day of Christmas."""
    before = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
    asked = invite_candidate(vacancy=vacancy, candidate=person, by=member, now=before)
    # 8 December is a holiday in Portugal: 7, 9, 10, 11, 14 December.
    assert asked.promise_on == date(2026, 12, 14)
    other = measured_person()
    said = express_interest(vacancy=vacancy, candidate=other, by=other.user, now=before)
    assert said.promise_on == date(2026, 12, 11)


def test_the_day_begins_on_the_clock_of_who_answers():
    found = application(STATE.INTERESTED, at=datetime(2026, 11, 19, 23, 30, tzinfo=UTC))
    # Half past midnight on Friday in Amsterdam.
    assert found.promise_on == date(2026, 11, 27)


def test_interest_first_then_the_employer_accepts(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    found = express_interest(
        vacancy=vacancy, candidate=person, by=person.user, now=now, message="I would love to"
    )
    assert (found.state, found.started_by, found.owed_by) == (STATE.INTERESTED, Side.CANDIDATE, Side.EMPLOYER)
    assert (found.ranking_id, found.open_code) == (vacancy.ranking_state.current_id, "")
    found = accept_interest(application=found, by=member, now=now, message="Shall we talk?")
    assert (found.state, found.names_shown, found.message) == (STATE.BOTH_INTERESTED, True, "Shall we talk?")


def test_inviting_who_has_shown_interest_accepts_it_and_the_other_way_round(
    vacancy: Vacancy, member: Any, now: datetime
):
    first, second = measured_person(), measured_person()
    ranked(vacancy)
    express_interest(vacancy=vacancy, candidate=first, by=first.user, now=now)
    assert (
        invite_candidate(vacancy=vacancy, candidate=first, by=member, now=now).state == STATE.BOTH_INTERESTED
    )
    invite_candidate(vacancy=vacancy, candidate=second, by=member, now=now)
    met = express_interest(vacancy=vacancy, candidate=second, by=second.user, now=now)
    assert met.state == STATE.BOTH_INTERESTED
    assert Application.objects.count() == 2


def test_a_doubled_press_says_that_it_is_done_and_changes_nothing(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    found = invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now)
    with pytest.raises(UnableToApply) as again:
        invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now)
    assert again.value.already
    accept_invitation(application=found, by=person.user, now=now)
    with pytest.raises(UnableToMoveApplication) as twice:
        accept_invitation(application=found, by=person.user, now=now)
    assert twice.value.already
    assert ApplicationLog.objects.count() == 2


def test_only_people_on_the_list_that_is_shown_are_invited(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    stranger = CandidateFactory(listed=True)
    with pytest.raises(UnableToApply, match="does not stand on the shortlist"):
        invite_candidate(vacancy=vacancy, candidate=stranger, by=member, now=now)
    hide(vacancy=vacancy, candidate=person, reason="Asked to wait", by=UserFactory(staff=True), now=now)
    with pytest.raises(UnableToApply, match="does not stand on the shortlist"):
        invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now)
    with pytest.raises(UnableToApply, match="Asked to wait"):
        express_interest(vacancy=vacancy, candidate=person, by=person.user, now=now)
    assert not Application.objects.exists()


def test_nothing_begins_with_somebody_unlisted_or_at_a_vacancy_that_is_not_open(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    pause_vacancy(vacancy=vacancy, by=member, now=now)
    with pytest.raises(UnableToApply, match="not open now"):
        invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now)
    Vacancy.objects.update(state=VacancyState.PUBLISHED)
    Candidate.objects.filter(pk=person.pk).update(listed=False)
    with pytest.raises(UnableToApply, match="listed"):
        express_interest(vacancy=vacancy, candidate=person, by=person.user, now=now)


def test_who_only_lacks_a_measurement_may_show_interest_and_it_is_said(vacancy: Vacancy, now: datetime):
    unmeasured = CandidateFactory(in_portugal=True, listed=True)
    found = express_interest(vacancy=vacancy, candidate=unmeasured, by=unmeasured.user, now=now)
    assert found.open_code == "language.not_measured"


def test_who_does_not_suit_hears_why(vacancy: Vacancy, now: datetime):
    elsewhere = measured_person(in_bogota=True)
    with pytest.raises(UnableToApply, match="you live where this vacancy does not hire"):
        express_interest(vacancy=vacancy, candidate=elsewhere, by=elsewhere.user, now=now)


def test_who_was_told_no_does_not_ask_again_but_the_other_may_change_its_mind(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    found = invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now)
    decline(application=found, side=Side.CANDIDATE, reason="hours", by=person.user, now=now)
    with pytest.raises(UnableToApply, match="answered no"):
        invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now)
    assert (
        express_interest(vacancy=vacancy, candidate=person, by=person.user, now=now).state == STATE.INTERESTED
    )
    assert Application.objects.count() == 2


def test_no_needs_a_reason_of_the_own_side_and_words_where_it_says_so(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    found = express_interest(vacancy=vacancy, candidate=person, by=person.user, now=now)
    for reason in ("", "private", "position_filled"):
        with pytest.raises(UnableToMoveApplication, match="Choose a reason"):
            decline(application=found, side=Side.EMPLOYER, reason=reason, by=member, now=now)
    with pytest.raises(UnableToMoveApplication, match="Write the reason"):
        decline(application=found, side=Side.EMPLOYER, reason="other", by=member, now=now, message=" ")
    done = decline(
        application=found, side=Side.EMPLOYER, reason="skills", by=member, now=now, message="Learn chat"
    )
    assert (done.state, done.ended_by, done.reason_words, done.message) == (
        STATE.DECLINED, Side.EMPLOYER, "the work needs other skills", "Learn chat",
    )  # fmt: skip


def test_who_owes_declines_and_who_waits_withdraws(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    found = express_interest(vacancy=vacancy, candidate=person, by=person.user, now=now)
    with pytest.raises(UnableToMoveApplication, match="The other side owes"):
        decline(application=found, side=Side.CANDIDATE, reason="pay", by=person.user, now=now)
    with pytest.raises(UnableToMoveApplication, match="your turn"):
        withdraw(application=found, side=Side.EMPLOYER, reason="skills", by=member, now=now)
    gone = withdraw(application=found, side=Side.CANDIDATE, reason="private", by=person.user, now=now)
    assert (gone.state, gone.ended_by, gone.owed_by) == (STATE.WITHDRAWN, Side.CANDIDATE, "")


def test_words_that_are_too_long_are_refused_and_nothing_is_written(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    with pytest.raises(UnableToApply, match="2001 characters; at most 2000"):
        invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now, message="x" * 2001)
    assert not Application.objects.exists()


def test_there_are_never_more_offers_than_openings(now: datetime):
    vacancy = VacancyFactory(content=version_content(openings=1))
    people = [measured_person(), measured_person()]
    ranked(vacancy)
    member = member_of(vacancy.employer)
    first = walk(STATE.OFFERED, vacancy, people[0], member, now)
    second = walk(STATE.IN_INTERVIEW, vacancy, people[1], member, now)
    with pytest.raises(UnableToMoveApplication, match=r"filled or offered .*openings: 1"):
        make_offer(application=second, by=member, now=now)
    withdraw(application=first, side=Side.EMPLOYER, reason="not_needed", by=member, now=now)
    assert make_offer(application=second, by=member, now=now).state == STATE.OFFERED


def test_being_hired_ends_the_rest_and_takes_the_person_off_the_lists(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    elsewhere = application(STATE.IN_INTERVIEW, candidate=person, at=now)
    found = walk(STATE.OFFERED, vacancy, person, member, now)
    accept_offer(application=found, by=person.user, now=now)
    elsewhere.refresh_from_db()
    assert (elsewhere.state, elsewhere.ended_by, elsewhere.reason) == (
        STATE.WITHDRAWN, Side.PLATFORM, EndReason.HIRED_ELSEWHERE,
    )  # fmt: skip
    person.refresh_from_db()
    assert not person.listed
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.PUBLISHED  # one of two openings


def test_the_last_opening_closes_the_vacancy_as_filled(now: datetime):
    vacancy = VacancyFactory(content=version_content(openings=1))
    application(STATE.HIRED, vacancy=vacancy, at=now)
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.closed_because) == (VacancyState.CLOSED, "filled")
    last = vacancy.status_log.order_by("-pk").first()
    assert last is not None
    assert (last.by, last.words) == (None, "filled")


def test_nothing_goes_on_at_a_closed_vacancy_but_everybody_may_say_no(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    found = walk(STATE.OFFERED, vacancy, person, member, now)
    close_vacancy(vacancy=vacancy, because="withdrawn", by=member, now=now)
    with pytest.raises(UnableToMoveApplication, match="closed meanwhile"):
        accept_offer(application=found, by=person.user, now=now)
    assert (
        decline(application=found, side=Side.CANDIDATE, reason="pay", by=person.user, now=now).state
        == STATE.DECLINED
    )


def test_leaving_ends_all_that_is_open_once(vacancy: Vacancy, person: Candidate, member: Any, now: datetime):
    walk(STATE.BOTH_INTERESTED, vacancy, person, member, now)
    application(STATE.INTERESTED, candidate=person, at=now)
    assert close_for_candidate(candidate=person, reason=EndReason.LEFT, by=person.user, now=now) == 2
    assert close_for_candidate(candidate=person, reason=EndReason.LEFT, by=person.user, now=now) == 0
    ended = Application.objects.values_list("state", "ended_by", "reason")
    assert set(ended) == {(STATE.WITHDRAWN, Side.CANDIDATE, EndReason.LEFT)}


def test_a_late_answer_and_a_missed_one_count_and_one_that_was_not_due_does_not(
    vacancy: Vacancy, member: Any, now: datetime
):
    people = [measured_person() for _ in range(4)]
    in_time, late, missed, early = [
        express_interest(vacancy=vacancy, candidate=one, by=one.user, now=now) for one in people
    ]
    accept_interest(application=in_time, by=member, now=now + timedelta(days=5))
    later = now + timedelta(days=6)
    accept_interest(application=late, by=member, now=later)
    withdraw(application=missed, side=Side.CANDIDATE, reason="too_long", by=people[2].user, now=later)
    withdraw(application=early, side=Side.CANDIDATE, reason="private", by=people[3].user, now=now)
    rate = answer_rate(vacancy.employer, later)
    assert rate == AnswerRate(answered=2, in_time=1, total=3)
    assert rate.share == pytest.approx(1 / 3)
    assert answer_rate(vacancy.employer, later + timedelta(days=366)).share is None


def test_reads(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime, django_assert_num_queries: Any
):
    owed = walk(STATE.BOTH_INTERESTED, vacancy, person, member, now)
    other = measured_person()
    application(STATE.INTERESTED, vacancy=vacancy, candidate=other, at=now + timedelta(hours=1))
    elsewhere = application(STATE.INVITED, candidate=person, at=now + timedelta(hours=2))
    with django_assert_num_queries(1):
        mine = list(applications_of(person))
        assert [one.employer.name for one in mine] == [elsewhere.employer.name, vacancy.employer.name]
    with django_assert_num_queries(1):
        theirs = list(applications_for(vacancy.employer))
        assert [one.candidate.user.identity.display_name for one in theirs if one.names_shown] == [
            person.user.identity.display_name
        ]
    assert application_between(person, vacancy) == owed
    stages = stages_of([vacancy], timezone.localdate())[vacancy.pk]
    assert {state: one.count for state, one in stages.items()} == {"both_interested": 1, "interested": 1}
    due = due_for(vacancy.employer, date(2026, 11, 28))
    assert next((one.pk, one.overdue) for one in due) == (owed.pk, True)
    assert [one.pk for one in due_for_candidate(person, now.date())] == [elsewhere.pk]
    assert list(applications_for(MembershipFactory().employer)) == []


def test_the_database_keeps_columns_and_states_together(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    found = invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now)
    broken: list[dict[str, Any]] = [
        {"promise_on": None},
        {"owed_by": "employer"},
        {"state": "hired"},
        {"state": "both_interested", "owed_by": "employer"},
        {"reason": "pay"},
        {"candidate": None},
        {"started_by": "candidate"},
        {"state": "expired", "owed_by": "", "promise_on": None, "ended_at": now, "ended_by": "platform", "reason": "pay"},
        {"state": "declined", "owed_by": "", "promise_on": None, "ended_at": now, "ended_by": "candidate"},
    ]  # fmt: skip
    for changes in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=found.pk).update(**changes)
    double = Application.objects.get(pk=found.pk)
    double.pk, double.public_id = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        double.save(force_insert=True)


def test_the_log_is_never_rewritten_only_its_words_can_be_emptied(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    found = invite_candidate(vacancy=vacancy, candidate=person, by=member, now=now, message="Hello")
    for changes in ({"state": "hired"}, {"message": "Bye"}, {"answer_of": "employer", "answer": "in_time"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            ApplicationLog.objects.update(**changes)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM placements_applicationlog")
    assert ApplicationLog.objects.update(message="") == 1
    assert found.log.get().message == ""


def test_a_person_who_is_gone_leaves_the_application_without_them(
    vacancy: Vacancy, person: Candidate, member: Any, now: datetime
):
    found = walk(STATE.DECLINED, vacancy, person, member, now)
    person.delete()
    found.refresh_from_db()
    assert (found.candidate, found.state) == (None, STATE.DECLINED)
    assert timezone.now() > found.created_at
