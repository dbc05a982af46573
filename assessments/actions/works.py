"""Taking a rated test: start, save a draft, send a chat message, hand in; and how long its texts stay."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from assessments.actions.rater_news import tell_raters
from assessments.enums import WORK_MOVES, RatedKind, WorkState
from assessments.models import RatedTask, Reply, Work
from assessments.queries.works import open_work, unseen_tasks, work_retake_day
from assessments.rules.policy import RATING_WORKING_DAYS, RESUME_DAYS, is_stale
from assessments.rules.task_choice import TaskFacts, choose_tasks
from assessments.rules.writing import MOST_PASTED, flaw_of_reply
from candidates.models import Candidate
from candidates.queries import own_date
from common.states import UnableToMove, move_state
from reference.models import Language
from reference.rules.working_days import working_days_after


class UnableToStartWork(Exception):
    """Not now: `being_rated`, or before `again_on`, or, when neither is set, for want of unseen tasks."""

    def __init__(self, again_on: date | None = None, *, being_rated: bool = False) -> None:
        super().__init__(
            "being rated" if being_rated else f"not before {again_on}" if again_on else "no tasks"
        )
        self.again_on, self.being_rated = again_on, being_rated


class UnableToWrite(Exception):
    """Nothing was saved."""


class WorkIsOver(UnableToWrite):
    """It was handed in or left."""


class AlreadySent(UnableToWrite):
    """A sent message stands."""


class ChangedElsewhere(UnableToWrite):
    """Another window saved this answer since it was read here."""


class BadReply(UnableToWrite):
    """The text is empty where it may not be, or too long; the message says which, in the reader's language."""


class NotFinished(Exception):
    """Something is still to be answered, at `position`."""

    def __init__(self, position: int) -> None:
        super().__init__(f"task {position} is not answered")
        self.position = position


@transaction.atomic
def start_work(*, candidate: Candidate, language: Language, activity: str, seed: int, now: datetime) -> Work:
    """The attempt to go on with: the open one, or a new one with tasks that the person never saw.

    Raises UnableToStartWork.
    """
    Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    work = open_work(candidate, language.pk, activity)
    if work and work.state == WorkState.SUBMITTED:
        raise UnableToStartWork(being_rated=True)
    if work and not is_stale(work.started_at, now):
        return work
    if work:
        _leave(work)
    again_on = work_retake_day(candidate, language.pk, activity)
    if again_on and own_date(candidate, now) < again_on:
        raise UnableToStartWork(again_on)
    unseen = {task.pk: task for task in unseen_tasks(candidate, language.pk, activity)}
    facts = [TaskFacts(task.pk, task.kind, task.level) for task in unseen.values()]
    chosen = [unseen[pk] for pk in choose_tasks(facts, activity, Random(seed))]  # noqa: S311
    if not chosen:
        raise UnableToStartWork
    return _new_work(candidate, language, activity, chosen, now)


def _new_work(
    candidate: Candidate, language: Language, activity: str, tasks: list[RatedTask], now: datetime
) -> Work:
    work = Work.objects.create(candidate=candidate, language=language, activity=activity, started_at=now)
    Reply.objects.bulk_create(
        Reply(work=work, task=task, position=position, turn=turn)
        for position, task in enumerate(tasks, start=1)
        for turn in range(len(task.turns))
    )
    RatedTask.objects.filter(pk__in=[task.pk for task in tasks]).update(times_given=F("times_given") + 1)
    return work


def _leave(work: Work) -> None:
    with suppress(UnableToMove):
        move_state(work, to=WorkState.LEFT, table=WORK_MOVES)


@transaction.atomic
def save_reply(
    *, reply: Reply, candidate: Candidate, text: str, pasted: int, revision: int, send: bool, now: datetime
) -> Reply:
    """Keep the text of a reply as it is now; `send` makes a chat message stand. `pasted`: characters pasted since the last save.

    The very same text sent again counts as saved. Raises a kind of UnableToWrite; nothing is written then.
    """
    work = Work.objects.select_for_update().get(pk=reply.work_id, candidate=candidate)
    reply = Reply.objects.select_related("task").get(pk=reply.pk, work=work)
    if work.state != WorkState.DRAFT or is_stale(work.started_at, now):
        raise WorkIsOver
    if reply.sent_at:
        raise AlreadySent
    if flaw := flaw_of_reply(text, reply.task.kind, complete=send):
        raise BadReply(flaw)
    if reply.revision != revision and reply.text != text:
        raise ChangedElsewhere
    reply.text, reply.saved_at = text, now
    if reply.revision == revision:
        reply.revision += 1
        reply.pasted = min(reply.pasted + max(pasted, 0), MOST_PASTED)
    if send and reply.task.kind == RatedKind.CHAT:
        reply.sent_at = now
    reply.save(update_fields=["text", "saved_at", "revision", "pasted", "sent_at"])
    return reply


@transaction.atomic
def submit_work(*, work: Work, candidate: Candidate, now: datetime) -> Work:
    """Hand in, once; what was handed in stands. Raises NotFinished or WorkIsOver."""
    work = Work.objects.select_for_update().get(pk=work.pk, candidate=candidate)
    if work.state == WorkState.SUBMITTED:
        return work
    if work.state != WorkState.DRAFT or is_stale(work.started_at, now):
        raise WorkIsOver
    for reply in work.replies.select_related("task"):
        if not is_answered(reply):
            raise NotFinished(reply.position)
    work.replies.filter(sent_at=None).update(sent_at=now)
    today = now.astimezone(UTC).date()
    move_state(
        work,
        to=WorkState.SUBMITTED,
        table=WORK_MOVES,
        submitted_at=now,
        waiting_since=now,
        due_on=working_days_after(today, RATING_WORKING_DAYS, settings.PLATFORM_COUNTRY),
    )
    tell_raters(work=work, now=now)
    return work


def is_answered(reply: Reply) -> bool:
    """A chat message and a recording are sent; a mail has a text."""
    return bool(reply.text.strip()) if reply.task.kind == RatedKind.EMAIL else reply.sent_at is not None


def forget_written_work(*, now: datetime) -> int:
    """Delete the texts that have served: long after the result, and of attempts that were left. How many there were.

    What is being rated, or rated again after an appeal, stays; results, ratings and counts stay for good.
    """
    served = Q(
        work__state=WorkState.RATED,
        work__rated_at__lt=now - timedelta(days=settings.WRITTEN_WORK_KEPT_DAYS),
    )
    left = Q(
        work__state__in=[WorkState.DRAFT, WorkState.LEFT],
        work__started_at__lt=now - timedelta(days=RESUME_DAYS + 1),
    )
    return Reply.objects.filter(served | left).exclude(text="").update(text="", deleted_at=now)
