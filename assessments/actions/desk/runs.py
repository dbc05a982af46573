"""Runs at the desk: start, be heard, end."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.actions.desk.hand import DeskHand, at_desk
from assessments.actions.scored_tasks import measure_skill
from assessments.engine.desk.scoring import PARTS, RULES_VERSION, Scorecard, score
from assessments.enums import RUN_MOVES, RunEnd, RunEventKind, RunPurpose, RunState
from assessments.models import Measurement, Scenario, ScenarioRun
from assessments.queries.desk import (
    live_scenarios,
    may_train,
    measured_again_on,
    newest_version,
    runs_of,
    unseen_desks,
)
from assessments.rules.desk_policy import RESUME_HOURS, picked_desk, was_left
from candidates.models import Candidate
from common.states import move_state

SKILL = "case_handling"


class UnableToStartRun(Exception):
    """Not before `again_on`, or `other` is still open; with neither, the desk is not there for that.

    For a measured run the last means that the person has seen every desk in the language.
    """

    def __init__(self, again_on: date | None = None, other: ScenarioRun | None = None) -> None:
        early = f"not before {again_on}" if again_on else "no desk for that"
        super().__init__(f"another run is open: {other.pk}" if other else early)
        self.again_on, self.other = again_on, other


@transaction.atomic
def start_run(
    *,
    candidate: Candidate,
    scenario: Scenario,
    purpose: str,
    time_factor: Decimal,
    seed: int,
    now: datetime,
) -> ScenarioRun:
    """The training or preview to go on with, or a new one. `seed` (0 to 2⁶³-1) fixes the order of choices.

    Nobody chooses the desk that measures them (`start_measured_run`). Raises UnableToStartRun.
    """
    running = _running(candidate, now)
    if running and (running.version.scenario_id, running.purpose) == (scenario.pk, purpose):
        return running
    if running:
        raise UnableToStartRun(other=running)
    if not scenario.live or purpose == RunPurpose.MEASURED or not may_train(scenario, runs_of(candidate)):
        raise UnableToStartRun
    return _create(scenario, purpose, time_factor, seed, now, candidate=candidate)


@transaction.atomic
def start_measured_run(
    *, candidate: Candidate, language: str, time_factor: Decimal, seed: int, now: datetime
) -> ScenarioRun:
    """The measured run in a language to go on with, or a new one at a desk that the person never saw.

    `seed` (0 to 2⁶³-1) fixes which desk it is and the order of choices. Raises UnableToStartRun.
    """
    running = _running(candidate, now)
    if (
        running
        and running.purpose == RunPurpose.MEASURED
        and running.version.scenario.language_id == language
    ):
        return running
    if running:
        raise UnableToStartRun(other=running)
    runs = runs_of(candidate)
    if again_on := measured_again_on(candidate, runs, now):
        raise UnableToStartRun(again_on)
    unseen = {desk.code: desk for desk in unseen_desks(live_scenarios().filter(language=language), runs)}
    if not unseen:
        raise UnableToStartRun
    desk = unseen[picked_desk(list(unseen), seed)]
    return _create(desk, RunPurpose.MEASURED, time_factor, seed, now, candidate=candidate)


def _running(candidate: Candidate, now: datetime) -> ScenarioRun | None:
    """The person's open run, under the person's lock; one that was left for too long is closed."""
    Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    running = (
        ScenarioRun.objects.select_for_update(of=("self",))
        .filter(candidate=candidate, state=RunState.OPEN)
        .select_related("version__scenario")
        .first()
    )
    if running and was_left(running.heard_at, now):
        move_state(running, to=RunState.LEFT, table=RUN_MOVES)
        return None
    return running


def start_preview(
    *, visitor: str, scenario: Scenario, seed: int, now: datetime, staff: bool = False
) -> ScenarioRun:
    """The job preview of a browser that holds the secret `visitor`, open or new; staff see every desk.

    Raises UnableToStartRun.
    """
    if not staff and (scenario.measured or not scenario.live):
        raise UnableToStartRun
    begun = ScenarioRun.objects.filter(
        visitor=visitor, state=RunState.OPEN, version__scenario=scenario
    ).first()
    if begun and not was_left(begun.heard_at, now):
        return begun
    return _create(scenario, RunPurpose.PREVIEW, Decimal(1), seed, now, visitor=visitor)


def _create(
    scenario: Scenario,
    purpose: str,
    time_factor: Decimal,
    seed: int,
    now: datetime,
    candidate: Candidate | None = None,
    visitor: str = "",
) -> ScenarioRun:
    return ScenarioRun.objects.create(
        candidate=candidate,
        visitor=visitor,
        version=newest_version(scenario),
        purpose=purpose,
        time_factor=time_factor,
        seed=seed,
        started_at=now,
        heard_at=now,
    )


def hear_run(*, run: ScenarioRun, polls: bool, now: datetime) -> ScenarioRun:
    """Move the clock because a page was asked for, by itself when `polls`; end the run when its time is up."""
    with transaction.atomic():
        hand = at_desk(run, now)
        if polls and not hand.run.polls:
            hand.run.polls = True
            hand.run.save(update_fields=["polls"])
        finish_if_over(hand)
    return hand.run


def end_run(*, run: ScenarioRun, now: datetime) -> ScenarioRun:
    """End the shift because the person wants to. Once it is over this changes nothing."""
    with transaction.atomic():
        hand = at_desk(run, now)
        if hand.run.state == RunState.OPEN and not finish_if_over(hand):
            finish_run(hand, RunEnd.BY_PERSON)
    return hand.run


def finish_if_over(hand: DeskHand) -> bool:
    """Finish a run that is open although everything is answered or the time is up."""
    if hand.run.state != RunState.OPEN:
        return False
    if all(line.closed for line in hand.lines.values()):
        finish_run(hand, RunEnd.ALL_DONE)
    elif hand.time_is_up():
        finish_run(hand, RunEnd.TIME)
    return hand.run.state != RunState.OPEN


def finish_run(hand: DeskHand, because: RunEnd) -> None:
    """Score the run and, where it is measured and reached a level, append the measurement. Under the run's lock."""
    hand.write(RunEventKind.ENDED, because=because)
    run, card = hand.run, score(hand.script, hand.events, timed=hand.run.timed)
    measurement = _measure(run, card, hand.now) if _counts(run, card) else None
    move_state(
        run,
        to=RunState.FINISHED,
        table=RUN_MOVES,
        finished_at=hand.now,
        ended_because=because,
        rules_version=RULES_VERSION,
        total=card.total,
        harms=card.harms,
        level=card.level,
        measurement=measurement,
        drafts={},
        **{part: card.parts[part] for part in PARTS},
    )


def _counts(run: ScenarioRun, card: Scorecard) -> bool:
    return run.purpose == RunPurpose.MEASURED and card.level > 0


def _measure(run: ScenarioRun, card: Scorecard, now: datetime) -> Measurement:
    assert run.candidate is not None
    scenario = run.version.scenario
    with override("en"):
        parts = ", ".join(f"{part} {card.parts[part]}" for part in PARTS)
        evidence = _(
            "Desk scenario %(code)s, version %(number)s, in %(language)s: total %(total)s of 100 (%(parts)s)."
        )
    return measure_skill(
        candidate=run.candidate,
        skill=SKILL,
        level=card.level,
        evidence=evidence
        % {
            "code": scenario.code,
            "number": run.version.number,
            "language": scenario.language_id,
            "total": card.total,
            "parts": parts,
        },
        valid_months=scenario.valid_months,
        now=now,
    )


def close_left_runs(*, now: datetime) -> int:
    """Close what nobody came back to, and forget the previews of visitors. Returns the number of runs concerned."""
    before = now - timedelta(hours=RESUME_HOURS)
    silent = ScenarioRun.objects.filter(heard_at__lt=before)
    forgotten, _by_kind = silent.filter(candidate=None).delete()
    closed = silent.filter(state=RunState.OPEN).update(state=RunState.LEFT)
    return forgotten + closed
