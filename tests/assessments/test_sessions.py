"""Taking a test through the actions: what is counted, when it ends, what it leaves behind."""

from datetime import date, timedelta

import pytest

from assessments.actions.sessions import (
    AnsweredBefore,
    ImpossibleAnswer,
    NotTheCurrentItem,
    SessionIsOver,
    SessionIsStale,
    UnableToStart,
    answer_item,
    start_session,
)
from assessments.engine.response_model import parameter_rows
from assessments.engine.scoring import RULES_VERSION, estimate
from assessments.enums import ItemState, SessionState, StoppedBecause
from assessments.models import Item, Measurement, Response, Session
from assessments.queries.standings import bank_standings
from assessments.queries.unseen import unseen_counts
from tests.accounts.at_once import at_once
from tests.factories.assessments import BankFactory, ItemFactory, finished_session
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return BankFactory()


@pytest.fixture
def candidate(bank):
    return CandidateFactory()


def started(candidate, bank, now, seed=5):
    return start_session(candidate=candidate, bank=bank, seed=seed, now=now)


def current(session):
    return session.responses.select_related("item").get(answered_at=None)


def answer(session, now, right=True, position=None, chosen=None):
    row = current(session)
    if chosen is None:
        chosen = row.item.key if right else (row.item.key + 1) % 4
    return answer_item(
        session=session,
        candidate=session.candidate,
        position=position or row.position,
        answer=chosen,
        now=now,
    )


def finish(session, now, right=lambda position: True):
    while session.state == SessionState.OPEN:
        session = answer(session, now, right(current(session).position))
    return session


def test_starting_gives_the_first_item_and_freezes_the_parameters(candidate, bank, now):
    session = started(candidate, bank, now)
    assert len(session.parameters) == 40
    first = current(session)
    assert (first.position, first.answer, first.given_at) == (1, None, now)
    assert session.parameters[first.item.code] == [1.5, first.item.b, 0.25]
    assert first.item.times_given == 1
    assert Item.objects.filter(times_given__gt=0).count() == 1
    assert "practice" not in set(
        Item.objects.filter(code__in=session.parameters).values_list("state", flat=True)
    )


def test_starting_twice_goes_on_with_the_same_session(candidate, bank, now):
    session = started(candidate, bank, now)
    again = started(candidate, bank, now + timedelta(days=14), seed=99)
    assert again.pk == session.pk
    assert Response.objects.count() == 1


def test_two_starts_at_once_make_one_session(transactional_db, candidate, bank, now):
    made = at_once(*[lambda: started(candidate, bank, now).pk] * 2)
    assert made == [Session.objects.get().pk] * 2
    assert Response.objects.count() == 1


def test_an_answer_is_counted_and_the_next_item_is_given(candidate, bank, now):
    session = started(candidate, bank, now)
    first = current(session)
    later = now + timedelta(seconds=40)
    answer(session, later, right=False)
    first.refresh_from_db()
    assert (first.answer, first.credit, first.correct, first.answered_at) == (
        (first.item.key + 1) % 4,
        0,
        False,
        later,
    )
    second = current(session)
    assert (second.position, second.given_at) == (2, later)
    assert second.item.skill != first.item.skill


def test_changed_parameters_do_not_reach_a_session_that_runs(candidate, bank, now):
    session = started(candidate, bank, now)
    Item.objects.update(a=0.1, b=5.0)
    session = finish(session, now)
    rows = [session.parameters[code] for code in session.responses.values_list("item__code", flat=True)]
    assert session.theta == estimate(parameter_rows(rows), [1] * len(rows), bank.cuts).theta


def test_a_session_is_scored_to_its_end_by_the_rules_that_it_began_with(candidate, bank, now):
    session = started(candidate, bank, now)
    assert session.rules_version == RULES_VERSION == "2"
    Session.objects.update(rules_version="1")
    session = finish(session, now)
    rows = [session.parameters[code] for code in session.responses.values_list("item__code", flat=True)]
    everything = (parameter_rows(rows), [1] * len(rows), bank.cuts)
    assert session.theta == estimate(*everything, "1").theta > estimate(*everything).theta


def test_only_right_answers_end_early_in_the_highest_level(candidate, now):
    bank = BankFactory(items=80)
    session = finish(started(candidate, bank, now), now)
    assert session.state == SessionState.FINISHED
    assert session.stopped_because == StoppedBecause.PRECISE
    assert session.theta - 1.645 * session.standard_error > 2
    assert 8 <= session.responses.count() < 30
    assert session.responses.filter(answered_at=None).count() == 0


def test_a_mixed_run_ends_at_the_length_limit(candidate, bank, now):
    session = finish(started(candidate, bank, now), now, right=lambda position: position % 8 < 5)
    assert session.stopped_because == StoppedBecause.LENGTH
    assert session.responses.count() == 30
    assert session.responses.values("item").distinct().count() == 30


def test_a_small_bank_ends_when_nothing_unseen_is_left(candidate, now):
    bank = BankFactory(items=10)
    session = finish(started(candidate, bank, now), now, right=lambda position: position % 2 == 0)
    assert session.stopped_because == StoppedBecause.NO_ITEMS
    assert session.responses.count() == 10


def test_finishing_leaves_a_measurement_and_tells_matching(
    candidate, bank, now, django_capture_on_commit_callbacks
):
    end = now + timedelta(minutes=25)
    with django_capture_on_commit_callbacks() as callbacks:
        session = finish(started(candidate, bank, now), end, right=lambda position: position % 8 < 5)
    measurement = Measurement.objects.get()
    assert measurement.session == session
    assert measurement.candidate == candidate
    assert (measurement.language_id, measurement.skill_id, measurement.source) == (
        "en",
        None,
        "adaptive_test",
    )
    assert (measurement.theta, measurement.standard_error) == (session.theta, session.standard_error)
    assert measurement.measured_on == date(2026, 11, 22)
    assert measurement.expires_on == date(2028, 11, 22)
    assert [callback.args for callback in callbacks] == [
        ("matching.refresh_candidate", {"candidate_id": candidate.pk}),
        ("assessments.check_session", {"session_id": session.pk}),
    ]
    before = candidate.changed_at
    candidate.refresh_from_db()
    assert candidate.changed_at == max(end, before + timedelta(microseconds=1))


def test_a_retired_item_is_not_given_any_more(candidate, bank, now):
    session = started(candidate, bank, now)
    keep = current(session).item_id
    others = list(Item.objects.filter(state=ItemState.LIVE).exclude(pk=keep).values_list("pk", flat=True))
    Item.objects.filter(pk__in=others[9:]).update(state=ItemState.RETIRED)
    session = finish(session, now, right=lambda position: position % 8 < 5)
    assert set(session.responses.values_list("item_id", flat=True)) == {keep, *others[:9]}


def test_an_item_that_retires_while_it_is_asked_still_counts(candidate, bank, now):
    session = started(candidate, bank, now)
    Item.objects.filter(pk=current(session).item_id).update(state=ItemState.RETIRED)
    answer(session, now)
    assert session.responses.get(position=1).correct is True


# --- what is not counted --------------------------------------------------------------------------------------


def refused(session, error, now, **facts):
    before = list(Response.objects.order_by("pk").values())
    with pytest.raises(error) as caught:
        answer_item(session=session, candidate=session.candidate, now=now, **facts)
    assert type(caught.value) is error
    assert list(Response.objects.order_by("pk").values()) == before


def test_the_same_answer_twice_counts_once(candidate, bank, now):
    session = started(candidate, bank, now)
    key = current(session).item.key
    answer(session, now)
    refused(session, AnsweredBefore, now, position=1, answer=key)


def test_another_answer_to_an_answered_item_is_refused(candidate, bank, now):
    session = started(candidate, bank, now)
    key = current(session).item.key
    answer(session, now)
    refused(session, NotTheCurrentItem, now, position=1, answer=(key + 1) % 4)


@pytest.mark.parametrize("position", [0, 2, 99])
def test_an_item_that_was_not_given_cannot_be_answered(candidate, bank, now, position):
    refused(started(candidate, bank, now), NotTheCurrentItem, now, position=position, answer=0)


@pytest.mark.parametrize("chosen", [-1, 4, 1000])
def test_an_option_that_does_not_exist_is_refused(candidate, bank, now, chosen):
    refused(started(candidate, bank, now), ImpossibleAnswer, now, position=1, answer=chosen)


def test_a_finished_session_takes_no_answer(candidate, bank, now):
    session = finish(started(candidate, bank, now), now)
    refused(session, SessionIsOver, now, position=1, answer=0)


def test_somebody_elses_session_takes_no_answer(candidate, bank, now):
    session = started(candidate, bank, now)
    with pytest.raises(Session.DoesNotExist):
        answer_item(session=session, candidate=CandidateFactory(), position=1, answer=0, now=now)
    assert current(session).position == 1


def test_two_answers_at_once_count_once(transactional_db, candidate, bank, now):
    """Two connections send different answers to the same item at the same moment."""
    session = started(candidate, bank, now)
    key = current(session).item.key

    def send(chosen):
        return answer_item(session=session, candidate=candidate, position=1, answer=chosen, now=now)

    outcomes = at_once(lambda: send(key), lambda: send((key + 1) % 4))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotTheCurrentItem", "Session"]
    assert list(session.responses.values_list("position", flat=True)) == [1, 2]
    assert Item.objects.filter(times_given=1).count() == 2
    assert not Item.objects.filter(times_given__gt=1).exists()


# --- leaving, resuming, taking it again -----------------------------------------------------------------------


def test_a_session_can_be_gone_on_with_for_fourteen_days(candidate, bank, now):
    session = started(candidate, bank, now)
    answer(session, now + timedelta(days=14))
    assert current(session).position == 2


def test_a_session_left_for_longer_is_closed_and_a_new_one_gives_unseen_items(candidate, bank, now):
    session = started(candidate, bank, now)
    answer(session, now)
    seen = set(session.responses.values_list("item__code", flat=True))
    late = now + timedelta(days=14, seconds=1)
    refused(session, SessionIsStale, late, position=2, answer=0)
    session.refresh_from_db()
    assert session.state == SessionState.LEFT
    assert Measurement.objects.count() == 0
    new = started(candidate, bank, late, seed=6)
    assert new.pk != session.pk
    assert not seen & set(new.parameters)


def test_starting_closes_a_session_that_was_left_for_too_long(candidate, bank, now):
    session = started(candidate, bank, now)
    new = started(candidate, bank, now + timedelta(days=15))
    session.refresh_from_db()
    assert (session.state, new.state) == (SessionState.LEFT, SessionState.OPEN)


def test_the_test_can_be_taken_again_after_fourteen_days(candidate, bank, now):
    finished_session(candidate, bank, at=now)
    with pytest.raises(UnableToStart) as caught:
        started(candidate, bank, now + timedelta(days=13, hours=14, minutes=59))
    assert caught.value.again_on == date(2026, 12, 6)
    assert Session.objects.count() == 1
    assert started(candidate, bank, now + timedelta(days=13, hours=15)).state == SessionState.OPEN


def test_the_day_of_a_retake_begins_at_the_persons_own_midnight(bank, now):
    """Finished on Sunday at 22:00 in Auckland; its fourteenth day begins there at 11:00 UTC of the day before."""
    candidate = CandidateFactory(zone="Pacific/Auckland")
    finished_session(candidate, bank, at=now)
    midnight = now + timedelta(days=13, hours=2)
    with pytest.raises(UnableToStart) as caught:
        started(candidate, bank, midnight - timedelta(minutes=1))
    assert caught.value.again_on == date(2026, 12, 6)
    assert bank_standings(candidate, [bank], midnight - timedelta(minutes=1))[0].again_on == date(2026, 12, 6)
    assert bank_standings(candidate, [bank], midnight)[0].state == "ready"
    assert started(candidate, bank, midnight).state == SessionState.OPEN


def test_another_person_does_not_wait(candidate, bank, now):
    finished_session(candidate, bank, at=now)
    assert started(CandidateFactory(), bank, now).state == SessionState.OPEN


def test_a_retake_gives_no_item_seen_before(candidate, now):
    bank = BankFactory(items=80)
    first = finish(started(candidate, bank, now), now)
    seen = set(first.responses.values_list("item__code", flat=True))
    again = started(candidate, bank, now + timedelta(days=14))
    assert (
        set(again.parameters)
        == set(Item.objects.filter(bank=bank, state=ItemState.LIVE).values_list("code", flat=True)) - seen
    )


def test_a_retake_needs_unseen_items_near_the_persons_own_level(candidate, bank, now):
    """Of forty items twenty and more are left, but hardly any of the level of somebody who answered all of theirs right."""
    finish(started(candidate, bank, now), now)
    later = now + timedelta(days=20)
    unseen = Item.objects.exclude(responses__session__candidate=candidate).filter(state=ItemState.LIVE)
    assert unseen.count() >= bank.min_items
    assert unseen.filter(b__gte=2.4).count() < bank.min_items
    with pytest.raises(UnableToStart) as caught:
        started(candidate, bank, later)
    assert caught.value.again_on is None
    assert bank_standings(candidate, [bank], later)[0].state == "used_up"


def test_without_enough_unseen_items_the_test_does_not_start(candidate, now):
    bank = BankFactory(items=7)
    with pytest.raises(UnableToStart) as caught:
        started(candidate, bank, now)
    assert caught.value.again_on is None
    assert Session.objects.count() == 0


def test_a_session_replays_from_its_seed(bank, now):
    codes = []
    for _ in range(2):
        session = finish(started(CandidateFactory(), bank, now, seed=77), now, right=lambda p: p % 3 > 0)
        codes.append(list(session.responses.order_by("position").values_list("item__code", flat=True)))
    assert codes[0] == codes[1]


def test_deleting_a_candidate_takes_sessions_and_measurements_along(candidate, bank, now):
    finished_session(candidate, bank, at=now)
    candidate.delete()
    assert Session.objects.count() == Measurement.objects.count() == 0


def test_graded_items_count_as_unseen_while_one_of_their_steps_is_near(now):
    """Level 3 found: an item whose last step is within reach counts, one that is over below does not, whatever its middle."""
    bank, candidate = BankFactory(judgement=True, items=0, min_items=2, max_items=6), CandidateFactory()
    finished_session(candidate, bank, theta=2.4, at=now - timedelta(days=30))
    near = {"b": -0.8, "steps": [-2.2, -1.2, 3.4]}
    far = {"b": -3.0, "steps": [-0.5, 0.0, 0.5]}
    for number, facts in enumerate([near, far, {"b": -0.1, "steps": []}, {"b": 0.0, "steps": []}]):
        ItemFactory(bank=bank, number=number, **facts)
    sessions = list(Session.objects.filter(candidate=candidate))
    assert unseen_counts(candidate, [bank], sessions) == {bank.pk: 2}
