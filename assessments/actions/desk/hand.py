"""A run under its lock, with the clock moved: what every act at the desk begins with."""

from datetime import datetime
from typing import Any
from uuid import UUID

from assessments.engine.desk.script import Script
from assessments.engine.desk.timeline import Event, Line, timeline
from assessments.enums import RunEventKind, RunPurpose, RunState
from assessments.models import RunEvent, ScenarioRun
from assessments.queries.desk import events_of, script_of
from assessments.rules.desk_policy import tick, time_is_up
from candidates.actions.saving import hold_profile


class UnableToAct(Exception):
    """Nothing was done."""


class RunIsOver(UnableToAct):
    """The run is finished or was left."""


class DeskHand:
    """A locked run with its script and its story so far. `write` appends to both the table and the story."""

    def __init__(self, run: ScenarioRun, now: datetime) -> None:
        self.run, self.now = run, now
        self.script: Script = script_of(run.version.content)
        self.events: list[Event] = events_of(run)

    @property
    def lines(self) -> dict[str, Line]:
        """The story of each contact as of now."""
        return timeline(self.script, self.events)

    def write(self, kind: RunEventKind, contact: str = "", key: UUID | None = None, **facts: Any) -> None:
        """Append an event at the present desk time."""
        RunEvent.objects.create(
            run=self.run,
            position=len(self.events) + 1,
            kind=kind,
            contact=contact,
            at=self.now,
            clock_ms=self.run.clock_ms,
            key=key,
            facts=facts,
        )
        self.events.append(Event(kind, contact, self.run.clock_ms, facts))

    def was_done(self, key: UUID) -> bool:
        """Whether this press of a button was counted before."""
        return self.run.events.filter(key=key).exists()

    def time_is_up(self) -> bool:
        """Whether the shift and its grace are over."""
        return time_is_up(self.run.clock_ms, self.script.minutes, self.run.time_factor)


def at_desk(run: ScenarioRun, now: datetime) -> DeskHand:
    """Lock the run and move its clock; a run that is over comes back as it is. Inside a transaction.

    A measured one may end in a measurement: then its person is held first. Raises ProfileGone when they have left.
    """
    if run.purpose == RunPurpose.MEASURED and run.candidate_id is not None:
        hold_profile(run.candidate_id)
    locked = (
        ScenarioRun.objects.select_for_update(of=("self",))
        .select_related("version__scenario", "candidate")
        .get(pk=run.pk)
    )
    hand = DeskHand(locked, now)
    if locked.state == RunState.OPEN:
        _move_clock(hand)
    return hand


def _move_clock(hand: DeskHand) -> None:
    run = hand.run
    moved = tick(run.clock_ms, run.heard_at, hand.now, polls=run.polls, factor=run.time_factor)
    run.clock_ms, run.heard_at = moved.clock_ms, max(run.heard_at, hand.now)
    run.credited_ms += moved.credited_ms
    run.save(update_fields=["clock_ms", "heard_at", "credited_ms"])
    if moved.credited_ms:
        hand.write(RunEventKind.CREDIT, credited_ms=moved.credited_ms)
