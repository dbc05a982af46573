"""Where a person's attempts at rated tests stand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.enums import Activity, RatedKind, RatedTaskState, WorkState
from assessments.models import EquipmentCheck, RatedTask, Reply, Work
from assessments.queries.accommodations import accommodations_of
from assessments.rules.accommodations import allowed_seconds
from assessments.rules.policy import is_stale, retake_on
from assessments.rules.recording import EQUIPMENT_CHECK_DAYS, MOST_SECONDS, MOST_SECONDS_WITHOUT_LIMIT
from candidates.models import Candidate
from candidates.queries import own_date
from reference.models import Language

RatedState = Literal["ready", "open", "being_rated", "wait", "used_up"]


def open_work(candidate: Candidate, language: str, activity: str) -> Work | None:
    """The attempt in progress or being rated for the first time."""
    return Work.objects.filter(
        candidate=candidate,
        language=language,
        activity=activity,
        state__in=[WorkState.DRAFT, WorkState.SUBMITTED],
    ).first()


def unseen_tasks(candidate: Candidate, language: str, activity: str) -> QuerySet[RatedTask]:
    """Live tasks that the person was never given."""
    seen = Reply.objects.filter(work__candidate=candidate).values("task")
    return RatedTask.objects.filter(language=language, activity=activity, state=RatedTaskState.LIVE).exclude(
        pk__in=seen
    )


def work_retake_day(candidate: Candidate, language: str, activity: str) -> date | None:
    """First day, on the person's own clock, of another attempt; None when they never handed one in."""
    last = (
        Work.objects.filter(candidate=candidate, language=language, activity=activity)
        .exclude(submitted_at=None)
        .order_by("-submitted_at")
        .values_list("submitted_at", flat=True)
        .first()
    )
    return retake_on(own_date(candidate, last)) if last else None


def own_work(candidate: Candidate) -> QuerySet[Work]:
    """The person's own attempts."""
    return Work.objects.filter(candidate=candidate).select_related("language", "measurement")


def equipment_checked(candidate: Candidate, today: date) -> bool:
    """Whether the person checked their equipment not long ago."""
    since = today - timedelta(days=EQUIPMENT_CHECK_DAYS)
    return EquipmentCheck.objects.filter(candidate=candidate, checked_on__gte=since).exists()


def recording_seconds(candidate: Candidate) -> int:
    """How long a recording of this person may be, with the extra time that they need."""
    allowed = allowed_seconds(MOST_SECONDS, accommodations_of(candidate).time_factor)
    return allowed or MOST_SECONDS_WITHOUT_LIMIT


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One task of an attempt with its replies in order; `current` is the one to write now, None when all are sent."""

    task: RatedTask
    position: int
    replies: list[Reply]
    current: Reply | None

    @property
    def past(self) -> list[Reply]:
        """Chat messages that were sent."""
        return [reply for reply in self.replies if reply is not self.current and reply.sent_at]

    @property
    def answered(self) -> bool:
        """Nothing of it is left to answer."""
        if self.task.kind == RatedKind.EMAIL:
            return all(reply.text.strip() for reply in self.replies)
        return self.current is None


def task_pages(work: Work) -> list[TaskPage]:
    """The tasks of an attempt in order. Two queries."""
    by_position: dict[int, list[Reply]] = {}
    for reply in (
        work.replies.select_related("task").prefetch_related("recordings").order_by("position", "turn")
    ):
        by_position.setdefault(reply.position, []).append(reply)
    return [
        TaskPage(rows[0].task, position, rows, next((row for row in rows if row.sent_at is None), None))
        for position, rows in by_position.items()
    ]


def written_tasks() -> QuerySet[RatedTask]:
    """What is given in written tests that people rate."""
    return RatedTask.objects.filter(state=RatedTaskState.LIVE, activity=Activity.WRITTEN_INTERACTION)


def rated_languages() -> frozenset[str]:
    """Languages with a written test that people rate. One query."""
    return frozenset(written_tasks().values_list("language", flat=True))


@dataclass(frozen=True, slots=True)
class RatedStanding:
    """One rated test and whether the person can take it now."""

    language: Language
    activity: str
    state: RatedState
    work: Work | None
    last: Work | None
    again_on: date | None


def rated_standing(candidate: Candidate, language: Language, activity: str, now: datetime) -> RatedStanding:
    """Where one test stands for a person."""
    works = list(own_work(candidate).filter(language=language, activity=activity).order_by("-started_at"))
    unseen = unseen_tasks(candidate, language.pk, activity).exists()
    return _standing(candidate, language, activity, works, unseen, now)


def _standing(
    candidate: Candidate, language: Language, activity: str, works: list[Work], unseen: bool, now: datetime
) -> RatedStanding:
    current = next((one for one in works if one.state in (WorkState.DRAFT, WorkState.SUBMITTED)), None)
    if current and current.state == WorkState.DRAFT and is_stale(current.started_at, now):
        current = None
    last = next((one for one in works if one.measurement and one.measurement.revoked_at is None), None)
    handed_in = [one.submitted_at for one in works if one.submitted_at]
    again_on = retake_on(own_date(candidate, max(handed_in))) if handed_in else None
    state: RatedState = "ready"
    if current:
        state = "open" if current.state == WorkState.DRAFT else "being_rated"
    elif again_on and own_date(candidate, now) < again_on:
        state = "wait"
    elif not unseen:
        state = "used_up"
    return RatedStanding(language, activity, state, current, last, again_on if state == "wait" else None)


def rated_standings(candidate: Candidate, now: datetime) -> list[RatedStanding]:
    """Every rated test in a language that the person named or was tested in, by language. Two queries."""
    works = list(own_work(candidate).order_by("-started_at"))
    tested = {one.language_id for one in works}
    mine = Q(language__in=candidate.languages.values("language_id")) | Q(language__in=tested)
    seen = Exists(Reply.objects.filter(work__candidate=candidate, task=OuterRef("pk")))
    tests = RatedTask.objects.filter(mine, state=RatedTaskState.LIVE).order_by().annotate(seen=seen)
    offered: dict[tuple[str, str], bool] = {}
    names: dict[str, Language] = {}
    for task in tests.select_related("language").only("activity", "language"):
        test = task.language_id, task.activity
        names[task.language_id] = task.language
        offered[test] = offered.get(test, False) or not task.seen
    found = [
        _standing(
            candidate,
            names[language],
            activity,
            [one for one in works if (one.language_id, one.activity) == (language, activity)],
            unseen,
            now,
        )
        for (language, activity), unseen in offered.items()
    ]
    return sorted(found, key=lambda row: (str(row.language), row.activity != "written_interaction"))
