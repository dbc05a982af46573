"""Tasks at the computer: start, answer, finish."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.actions.scored_tasks import NotBefore, leave, measure_skill
from assessments.engine.computer_tasks import VERSION
from assessments.enums import SESSION_MOVES, SessionState
from assessments.models import Measurement, TaskAnswer, TaskRun
from assessments.queries.task_runs import goes_on, tasks_standing
from assessments.rules.computer_tasks import SKILL, computer_test, is_right, level_for, tasks_of
from candidates.models import Candidate
from common.states import move_state

Given = str | int | list[int]
"""An answer: a text, cents, an index, or indices in rising order."""


class UnableToStartTasks(NotBefore):
    """The tasks were taken a short while ago."""


class UnableToAnswerTask(Exception):
    """Nothing was counted."""


class TasksAreOver(UnableToAnswerTask):
    """The run is finished, or was left for too long and has been closed."""


class NotTheCurrentTask(UnableToAnswerTask):
    """The answer is for a task that is not at hand; an answer that was given stands."""


@transaction.atomic
def start_tasks(*, candidate: Candidate, seed: int, now: datetime) -> TaskRun:
    """The run to go on with, or a new one with the tasks of `seed` (1 to 2⁶³-1). Raises UnableToStartTasks."""
    Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    standing = tasks_standing(candidate, now)
    if standing.running:
        return standing.running
    if standing.again_on:
        raise UnableToStartTasks(standing.again_on)
    for old in TaskRun.objects.filter(candidate=candidate, state=SessionState.OPEN):
        leave(old)
    return TaskRun.objects.create(candidate=candidate, seed=seed, made_by=VERSION, started_at=now)


def answer_task(*, run: TaskRun, position: int, answer: Given, now: datetime) -> TaskRun:
    """Count the answer to the task at `position`; after the last one, finish. Raises UnableToAnswerTask.

    The first answer stands: the same one sent again changes nothing, another one is refused.
    """
    with transaction.atomic():
        runs = TaskRun.objects.select_for_update(of=("candidate", "self"), no_key=True)
        locked = runs.select_related("candidate").get(pk=run.pk)
        over = locked.state == SessionState.OPEN and not goes_on(locked, now)
        if not over:
            _answer(locked, position, answer, now)
    if over:
        leave(locked)
        raise TasksAreOver
    return locked


def _answer(run: TaskRun, position: int, answer: Given, now: datetime) -> None:
    given = {row.position: row for row in run.answers.all()}
    if position in given and given[position].answer == answer:
        return
    if run.state != SessionState.OPEN:
        raise TasksAreOver
    if position != len(given) + 1:
        raise NotTheCurrentTask
    tasks = tasks_of(run.seed)
    task = tasks[position - 1]
    TaskAnswer.objects.create(
        run=run,
        position=position,
        code=task.code,
        answer=answer,
        right=is_right(task, answer),
        answered_at=now,
    )
    if position == len(tasks):
        _finish(run, len(tasks), now)


def _finish(run: TaskRun, tasks: int, now: datetime) -> None:
    right = run.answers.filter(right=True).count()
    level = level_for(right)
    move_state(
        run,
        to=SessionState.FINISHED,
        table=SESSION_MOVES,
        finished_at=now,
        right=right,
        level=level,
        measurement=_measure(run, right, tasks, level, now) if level else None,
    )


def _measure(run: TaskRun, right: int, tasks: int, level: int, now: datetime) -> Measurement:
    with override("en"):
        evidence = _("Tasks at the computer, version %(version)s: %(right)s of %(tasks)s right.")
    return measure_skill(
        candidate=run.candidate,
        skill=SKILL,
        level=level,
        evidence=evidence % {"version": run.made_by, "right": right, "tasks": tasks},
        valid_months=computer_test().valid_months,
        now=now,
    )
