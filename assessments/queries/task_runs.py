"""Reads of the tasks at the computer."""

from dataclasses import dataclass
from datetime import date, datetime

from assessments.engine.computer_tasks import VERSION
from assessments.enums import SessionState
from assessments.models import TaskRun
from assessments.rules.computer_tasks import GOES_ON_FOR
from assessments.rules.policy import retake_on
from candidates.models import Candidate
from candidates.queries import own_date


@dataclass(frozen=True, slots=True)
class TasksStanding:
    """Where a person stands: the run to go on with, the last finished one, and the day of the next while they wait."""

    running: TaskRun | None
    last: TaskRun | None
    again_on: date | None


def goes_on(run: TaskRun, now: datetime) -> bool:
    """Whether an open run can still be gone on with; the same seed has to give the same tasks."""
    return run.made_by == VERSION and now - run.started_at <= GOES_ON_FOR


def tasks_standing(candidate: Candidate, now: datetime) -> TasksStanding:
    """Two queries."""
    runs = TaskRun.objects.filter(candidate=candidate)
    running = runs.filter(state=SessionState.OPEN).first()
    last = (
        runs.filter(state=SessionState.FINISHED)
        .select_related("measurement")
        .order_by("-finished_at")
        .first()
    )
    again_on = retake_on(own_date(candidate, last.finished_at)) if last and last.finished_at else None
    return TasksStanding(
        running=running if running and goes_on(running, now) else None,
        last=last,
        again_on=again_on if again_on and own_date(candidate, now) < again_on else None,
    )
