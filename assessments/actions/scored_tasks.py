"""What attempts at tests have in common: one that comes too early, one that is left, and the level that a scored task gave."""

from contextlib import suppress
from datetime import UTC, date, datetime

from assessments.actions.measurements import append_measurement
from assessments.enums import SESSION_MOVES, MeasurementSource, SessionState
from assessments.models import Measurement, Session, TaskRun, TypingRun
from assessments.rules.policy import add_months
from candidates.models import Candidate
from common.states import UnableToMove, move_state


class NotBefore(Exception):
    """The test can be taken from `again_on`."""

    def __init__(self, again_on: date) -> None:
        super().__init__(f"not before {again_on}")
        self.again_on = again_on


def leave(run: Session | TaskRun | TypingRun, **changes: str) -> None:
    """Close a run without a result, and set `changes` with it; somebody may have closed it a moment before."""
    with suppress(UnableToMove):
        move_state(run, to=SessionState.LEFT, table=SESSION_MOVES, **changes)


def measure_skill(
    *, candidate: Candidate, skill: str, level: int, evidence: str, valid_months: int, now: datetime
) -> Measurement:
    """Append the level of a skill that a finished run reached; `evidence` is what it was given for, in English."""
    today = now.astimezone(UTC).date()
    return append_measurement(
        candidate=candidate,
        now=now,
        skill_id=skill,
        level=level,
        source=MeasurementSource.SCORED_TASK,
        evidence=evidence,
        measured_on=today,
        expires_on=add_months(today, valid_months),
    )
