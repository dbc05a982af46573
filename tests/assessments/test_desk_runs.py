"""A run at the desk: what counts once, the clock of the server, who sees what, and what a run leaves behind."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from assessments.actions.desk.acts import (
    ImpossibleReply,
    NothingToAnswer,
    answer_contact,
    keep_draft,
    look_up,
    open_contact,
    search_desk,
    wait_for_next,
)
from assessments.actions.desk.hand import RunIsOver, UnableToAct
from assessments.actions.desk.runs import (
    UnableToStartRun,
    close_left_runs,
    end_run,
    hear_run,
    start_measured_run,
    start_preview,
    start_run,
)
from assessments.engine.desk.scoring import PARTS, score
from assessments.enums import MeasurementSource, RunEnd, RunPurpose, RunState
from assessments.models import Measurement, RunEvent, Scenario, ScenarioRun
from assessments.queries.desk import events_of, script_of
from assessments.rules.desk_policy import picked_desk
from tests.assessments.desk_play import best, contact, play, scenario, shipped, turn
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.fixture
def candidate() -> Any:
    return CandidateFactory()


@pytest.fixture
def begin(candidate, now):
    """Start a run of the small desk, or of `content`."""

    def start(purpose: str = RunPurpose.MEASURED, factor: str = "1", **changes: Any) -> ScenarioRun:
        made = scenario(measured=purpose == RunPurpose.MEASURED, **changes)
        facts = {"candidate": candidate, "time_factor": Decimal(factor), "seed": 7, "now": now}
        if purpose == RunPurpose.MEASURED:
            return start_measured_run(language="en", **facts)
        return start_run(scenario=made, purpose=purpose, **facts)

    return start


def kinds(run: ScenarioRun) -> list[str]:
    return list(run.events.values_list("kind", flat=True))


def test_a_whole_run_measures_the_skill(begin, candidate, now) -> None:
    run = begin()
    play(run, "c1", now + seconds(5))
    assert ScenarioRun.objects.get().state == RunState.OPEN
    run = play(run, "c2", now + seconds(40))
    assert (run.state, run.ended_because, run.total, run.level) == (
        RunState.FINISHED,
        RunEnd.ALL_DONE,
        100,
        3,
    )
    measurement = Measurement.objects.get()
    assert (measurement.skill_id, measurement.level, measurement.source) == (
        "case_handling", 3, MeasurementSource.SCORED_TASK,
    )  # fmt: skip
    assert measurement.desk_run == run
    assert measurement.evidence == (
        "Desk scenario small, version 1, in en: total 100 of 100 "
        "(resolution 100, correctness 100, priority 100, tone 100)."
    )
    assert kinds(run) == ["opened", "action", "reply", "closed"] * 2 + ["ended"]


def test_a_run_scored_again_from_its_events_gives_the_same(begin, now) -> None:
    run = begin(content=shipped("tea-shop"))
    for at, code in enumerate(("broken-mug", "nut-question", "wrong-street")):
        run = play(run, code, now + seconds(70 + 10 * at), substance=at % 2)
    run = end_run(run=run, now=now + seconds(110))
    card = score(script_of(run.version.content), events_of(ScenarioRun.objects.get()), timed=run.timed)
    assert {part: getattr(run, part) for part in PARTS} == dict(card.parts)
    assert (run.total, run.level, run.harms) == (card.total, card.level, card.harms)
    assert run.ended_because == RunEnd.BY_PERSON


def test_too_few_points_leave_no_measurement(begin, now) -> None:
    run = end_run(run=begin(), now=now + seconds(3))
    assert (run.total, run.level, run.measurement_id) == (0, 0, None)
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("purpose", [RunPurpose.TRAINING, RunPurpose.PREVIEW])
def test_training_and_preview_measure_nothing(begin, now, purpose) -> None:
    run = begin(purpose, contacts=[contact("c1")])
    assert play(run, "c1", now + seconds(5)).total == 100
    assert not Measurement.objects.exists()


def test_a_press_that_comes_twice_counts_once(begin, now) -> None:
    run, key, later = begin(), uuid4(), now + seconds(5)
    for _ in range(2):
        open_contact(run=run, contact="c1", key=key, now=later)
    content, key = script_of(run.version.content), uuid4()
    who = content.contacts["c1"]
    for _ in range(2):
        answer_contact(
            run=run, contact="c1", turn=0, reply=best(who.turns[0], content, who), key=key, now=later
        )
    assert kinds(run) == ["opened", "action", "reply", "closed"]


def test_an_answer_from_another_tab_is_not_counted(begin, now) -> None:
    run = play(begin(), "c1", now + seconds(5))
    content = script_of(run.version.content)
    reply = best(content.contacts["c1"].turns[0], content, content.contacts["c1"])
    before = kinds(run)
    with pytest.raises(NothingToAnswer):
        answer_contact(run=run, contact="c1", turn=0, reply=reply, key=uuid4(), now=now + seconds(9))
    assert kinds(run) == before


def test_an_answer_to_the_turn_before_is_not_counted(begin, now) -> None:
    turns = [turn(actions={"ask": 2}, goes_on_with="ask"), turn(after=0)]
    run = begin(contacts=[contact("c1", turns=turns)])
    run = play(run, "c1", now + seconds(5))
    content = script_of(run.version.content)
    who = content.contacts["c1"]
    with pytest.raises(NothingToAnswer):
        answer_contact(
            run=run,
            contact="c1",
            turn=0,
            reply=best(who.turns[0], content, who),
            key=uuid4(),
            now=now + seconds(9),
        )
    assert play(run, "c1", now + seconds(10)).total == 100


@pytest.mark.parametrize("code", ["c2", "nobody"])
def test_nobody_answers_what_is_not_there_yet(begin, now, code) -> None:
    with pytest.raises(NothingToAnswer):
        open_contact(run=begin(), contact=code, key=uuid4(), now=now + seconds(29))
    assert not RunEvent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"action": "sell"}, ["action"]),
        ({"action": "refund", "order": "99"}, ["order"]),
        ({"opening": "x", "closing": "x"}, ["opening", "closing"]),
        ({"care": 3}, ["care"]),
        ({"substance": -1}, ["substance"]),
    ],
)
def test_an_impossible_reply_writes_nothing(begin, now, changes, fields) -> None:
    run = begin()
    with pytest.raises(ImpossibleReply) as caught:
        play(run, "c1", now + seconds(5), **changes)
    assert caught.value.fields == fields
    assert kinds(run) == ["opened"]


def test_nothing_can_be_looked_up_that_is_not_there(begin, now) -> None:
    run = begin()
    for what in ("article:secret", "order:99", "customer:nobody", "file:x", "", "article:"):
        with pytest.raises(UnableToAct):
            look_up(run=run, what=what, key=uuid4(), now=now)
    search_desk(run=run, words="x" * 500, key=uuid4(), now=now)
    assert run.events.get().facts == {"words": "x" * 80}


class TestClock:
    """Desk time is the server's; a silence longer than a page can explain does not count."""

    def test_it_runs_with_the_steps_of_the_page(self, begin, now) -> None:
        run = hear_run(run=begin(), polls=False, now=now + seconds(100))
        assert (run.clock_ms, run.credited_ms) == (100_000, 0)

    def test_a_page_that_reports_by_itself_is_credited_sooner(self, begin, now) -> None:
        run = hear_run(run=begin(), polls=True, now=now + seconds(10))
        run = hear_run(run=run, polls=True, now=now + seconds(10 + 600))
        assert (run.clock_ms, run.credited_ms) == (55_000, 555_000)
        assert run.events.get().facts == {"credited_ms": 555_000}

    def test_a_closed_tab_costs_three_minutes_at_most(self, begin, now) -> None:
        run = hear_run(run=begin(), polls=False, now=now + timedelta(hours=20))
        assert run.clock_ms == 180_000
        assert run.state == RunState.OPEN

    def test_it_never_runs_backwards(self, begin, now) -> None:
        run = hear_run(run=begin(), polls=False, now=now + seconds(50))
        run = hear_run(run=run, polls=False, now=now + seconds(20))
        assert (run.clock_ms, run.heard_at) == (50_000, now + seconds(50))

    def test_extra_time_slows_it_down(self, begin, now) -> None:
        assert hear_run(run=begin(factor="1.5"), polls=False, now=now + seconds(90)).clock_ms == 60_000

    def test_the_shift_ends_two_minutes_after_its_time(self, begin, now) -> None:
        run, at = begin(), now
        for _ in range(7):  # ten minutes and two of grace, in steps of 100 s
            at += seconds(100)
            run = hear_run(run=run, polls=False, now=at)
        assert (run.clock_ms, run.state) == (700_000, RunState.OPEN)
        run = play(run, "c1", at + seconds(10))  # the answer in hand still counts
        run = hear_run(run=run, polls=False, now=at + seconds(25))
        assert (run.state, run.ended_because) == (RunState.FINISHED, RunEnd.TIME)
        with pytest.raises(RunIsOver):
            open_contact(run=run, contact="c2", key=uuid4(), now=at + seconds(30))

    def test_an_act_after_the_end_finishes_the_run_and_is_not_done(self, begin, now) -> None:
        run = begin()
        ScenarioRun.objects.update(clock_ms=12 * 60_000 - 1)
        with pytest.raises(RunIsOver):
            open_contact(run=run, contact="c1", key=uuid4(), now=now + seconds(5))
        assert ScenarioRun.objects.get().ended_because == RunEnd.TIME
        assert kinds(run) == ["ended"]

    def test_without_a_limit_it_never_ends_and_nothing_is_late(self, begin, now) -> None:
        run = begin(factor="0")
        ScenarioRun.objects.update(clock_ms=3 * 3_600_000)
        run = play(run, "c1", now + seconds(5))
        run = play(run, "c2", now + seconds(9))
        assert (run.priority, run.correctness) == (75, 100)  # c1 was taken up while c2 waited
        assert run.ended_because == RunEnd.ALL_DONE

    def test_with_nobody_waiting_it_can_be_moved_on(self, begin, now) -> None:
        run = begin(contacts=[contact("c1"), contact("c2", arrives_at=500)])
        wait_for_next(run=run, key=uuid4(), now=now + seconds(1))
        assert kinds(run) == []  # c1 waits
        run = play(run, "c1", now + seconds(2))
        key = uuid4()
        for _ in range(2):
            run = wait_for_next(run=run, key=key, now=now + seconds(9))
        assert run.clock_ms == 500_000
        assert play(run, "c2", now + seconds(12)).total == 100


class TestWhoMayStart:
    """One desk at a time; each desk measures a person once, and nobody chooses which."""

    def train(self, candidate, made, now, purpose=RunPurpose.TRAINING) -> ScenarioRun:
        return start_run(
            candidate=candidate, scenario=made, purpose=purpose, time_factor=Decimal(1), seed=1, now=now
        )

    def start(self, candidate, now, seed=1, language="en") -> ScenarioRun:
        return start_measured_run(
            candidate=candidate, language=language, time_factor=Decimal(1), seed=seed, now=now
        )

    def test_an_open_run_is_gone_on_with(self, candidate, now) -> None:
        scenario()
        scenario("other")
        run = self.start(candidate, now)
        assert self.start(candidate, now + timedelta(hours=23), seed=2) == run

    def test_a_run_left_for_a_day_is_closed_and_its_desk_is_gone(self, candidate, now) -> None:
        scenario()
        scenario("other")
        run = self.start(candidate, now)
        other = self.start(candidate, now + timedelta(hours=25))
        run.refresh_from_db()
        assert (run.state, other.state) == (RunState.LEFT, RunState.OPEN)
        assert {run.version.scenario.code, other.version.scenario.code} == {"small", "other"}
        with pytest.raises(UnableToStartRun):
            self.start(candidate, now + timedelta(hours=50))

    def test_another_desk_has_to_wait(self, candidate, now) -> None:
        scenario()
        scenario("dutch", language="nl")
        practice = scenario("practice", measured=False)
        run = self.start(candidate, now)
        for begin_other in (
            lambda: self.start(candidate, now, language="nl"),
            lambda: self.train(candidate, practice, now),
        ):
            with pytest.raises(UnableToStartRun) as caught:
                begin_other()
            assert caught.value.other == run

    def test_measured_again_after_14_days_at_a_desk_never_seen_until_there_is_none(
        self, candidate, now
    ) -> None:
        codes = ["a", "b", "c", "d"]
        for code in codes:
            scenario(code)
        seen = []
        for number in range(len(codes)):
            day = now + timedelta(days=14 * number)
            if number:
                with pytest.raises(UnableToStartRun) as caught:
                    self.start(candidate, day - timedelta(days=1))
                assert caught.value.again_on == day.date()
            run = self.start(candidate, day, seed=number)
            seen.append(run.version.scenario.code)
            end_run(run=run, now=day)
        assert sorted(seen) == codes
        with pytest.raises(UnableToStartRun) as caught:
            self.start(candidate, now + timedelta(days=4000))
        assert (caught.value.again_on, caught.value.other) == (None, None)
        scenario("new")
        assert self.start(candidate, now + timedelta(days=4000)).version.scenario.code == "new"

    def test_the_seed_alone_picks_and_reaches_every_desk(self, candidate, now) -> None:
        codes = ["a", "b", "c"]
        for code in codes:
            scenario(code)
        found = {picked_desk(codes, seed) for seed in range(40)}
        assert found == set(codes)
        assert [picked_desk(codes, seed) for seed in range(9)] == [
            picked_desk(codes[::-1], seed) for seed in range(9)
        ]
        assert self.start(candidate, now, seed=5).version.scenario.code == picked_desk(codes, 5)

    @pytest.mark.parametrize("purpose", [RunPurpose.TRAINING, RunPurpose.PREVIEW])
    def test_a_desk_known_from_practice_measures_nobody(self, candidate, now, purpose) -> None:
        made = scenario(measured=False)
        end_run(run=self.train(candidate, made, now, purpose), now=now)
        Scenario.objects.update(measured=True)
        with pytest.raises(UnableToStartRun):
            self.start(candidate, now)

    def test_nobody_trains_on_what_will_measure_them_or_chooses_it(self, candidate, now) -> None:
        made = scenario()
        for purpose in (RunPurpose.TRAINING, RunPurpose.PREVIEW, RunPurpose.MEASURED):
            with pytest.raises(UnableToStartRun):
                self.train(candidate, made, now, purpose)
        end_run(run=self.start(candidate, now), now=now)
        assert self.train(candidate, made, now).purpose == RunPurpose.TRAINING

    def test_practice_measures_nobody_and_a_sleeping_desk_takes_nobody(self, candidate, now) -> None:
        practice = scenario("practice", measured=False)
        with pytest.raises(UnableToStartRun):
            self.start(candidate, now)
        practice.live = False
        with pytest.raises(UnableToStartRun):
            self.train(candidate, practice, now)
        with pytest.raises(UnableToStartRun):
            start_preview(visitor="secret", scenario=practice, seed=1, now=now)


def test_the_version_of_a_run_is_frozen(begin, now) -> None:
    from assessments.actions.desk.scenarios import revise_scenario
    from tests.factories.accounts import UserFactory

    run = begin()
    other = json.dumps({**json.loads(run.version.content), "title": "Changed"})
    revise_scenario(
        scenario=run.version.scenario,
        content=other,
        based_on=1,
        live=True,
        by=UserFactory(staff=True),
        now=now,
    )
    run = play(run, "c1", now + seconds(5))
    assert script_of(run.version.content).title == "A small desk"


def test_a_draft_is_kept_until_it_is_sent(begin, now) -> None:
    run = begin()
    keep_draft(run=run, contact="c1", turn=0, draft={"action": "inform"})
    keep_draft(run=run, contact="c1", turn=1, draft={"action": "inform"})
    keep_draft(run=run, contact="nobody", turn=0, draft={"action": "inform"})
    assert ScenarioRun.objects.get().drafts == {"c1:0": {"action": "inform"}}
    play(run, "c1", now + seconds(5))
    assert ScenarioRun.objects.get().drafts == {}


def test_the_sweep_closes_what_was_left_and_forgets_visitors(begin, now) -> None:
    run = begin()
    made = scenario("practice", measured=False)
    old = start_preview(visitor="secret", scenario=made, seed=1, now=now)
    play(old, "c1", now + seconds(1))
    assert close_left_runs(now=now + timedelta(hours=24)) == 0
    later = now + timedelta(hours=25)
    new = start_preview(visitor="secret", scenario=made, seed=1, now=later)
    assert close_left_runs(now=later) > 0
    run.refresh_from_db()
    assert run.state == RunState.LEFT
    assert list(ScenarioRun.objects.filter(candidate=None)) == [new]
    assert close_left_runs(now=later) == 0


def test_a_person_who_leaves_takes_their_runs_along(begin, candidate, now) -> None:
    run = play(begin(contacts=[contact("c1")]), "c1", now + seconds(5))
    assert run.measurement is not None
    candidate.user.delete()
    assert not ScenarioRun.objects.exists()
    assert not RunEvent.objects.exists()
    assert not Measurement.objects.exists()
