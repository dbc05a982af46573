"""What waits for a rater."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from accounts.models import AuditEntry, User
from assessments.enums import WAITING_FOR_RATERS, RatingRound, RatingState
from assessments.models import Measurement, Rater, Rating, Work


def rater_of(user: User) -> Rater | None:
    """The person as a rater, when they may rate at all."""
    if not user.has_perm("assessments.rate_work"):
        return None
    return Rater.objects.filter(user=user, active=True).first()


def waiting_works() -> QuerySet[Work]:
    """Work that wants a rater more, whoever it is; what is due first, then what waits longest, comes first."""
    return Work.objects.filter(state__in=WAITING_FOR_RATERS, raters_active__lt=F("raters_wanted")).order_by(
        "due_on", "waiting_since", "pk"
    )


def works_for(rater: Rater) -> QuerySet[Work]:
    """Of the waiting work what this rater may take: in their languages, of nobody they know, never the same work twice.

    Somebody knows a person whose record they handled: the audit log names them together, they recorded evidence of
    them, or it is their own work. A rating that lapsed may be taken up again by the same rater.
    """
    return _judged_unseen(waiting_works(), rater)


def works_to_come(rater: Rater) -> QuerySet[Work]:
    """What this rater may be given, now or once a place becomes free: until then they read nothing about it."""
    return _judged_unseen(Work.objects.filter(state__in=WAITING_FOR_RATERS), rater)


def _judged_unseen(works: QuerySet[Work], rater: Rater) -> QuerySet[Work]:
    handled = AuditEntry.objects.alias(who=KeyTextTransform("candidate", "data")).filter(
        actor=rater.user_id, who=Cast(OuterRef("candidate__public_id"), CharField())
    )
    about = AuditEntry.objects.filter(
        actor=rater.user_id,
        object_type="candidates.candidate",
        object_id=Cast(OuterRef("candidate_id"), CharField()),
    )
    recorded = Measurement.objects.filter(candidate=OuterRef("candidate"), recorded_by=rater.user_id)
    looked = Rating.objects.filter(work=OuterRef("pk"), rater=rater).exclude(
        state=RatingState.LAPSED, round=OuterRef("round")
    )
    same_person = Rating.objects.filter(
        rater=rater, work__candidate=OuterRef("candidate"), state=RatingState.DECLINED
    )
    return (
        works.filter(language__in=rater.languages.all())
        .exclude(candidate__user=rater.user_id)
        .exclude(Exists(handled) | Exists(about) | Exists(recorded) | Exists(looked) | Exists(same_person))
    )


def taken_rating(rater: Rater) -> Rating | None:
    """What the rater holds now."""
    return (
        Rating.objects.filter(rater=rater, state=RatingState.TAKEN)
        .select_related("work", "work__language")
        .first()
    )


def held_works(user: User) -> QuerySet[Work]:
    """Work that somebody is rating now. Until they are done, they read nothing else about it."""
    return Work.objects.filter(ratings__rater__user=user, ratings__state=RatingState.TAKEN)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """What waits of one language and activity; `mine` says whether this rater rates in that language.

    `appeals` is None for them: with few works waiting, the number would tell which one was appealed.
    """

    language: str
    activity: str
    waiting: int
    appeals: int | None
    since: datetime
    due_on: date
    overdue: int
    mine: bool


def queue_rows(rater: Rater | None, today: date) -> list[QueueRow]:
    """The queue by language and activity, what is due first on top. Two queries."""
    mine = set(rater.languages.values_list("pk", flat=True)) if rater else set()
    rows = (
        waiting_works()
        .order_by()
        .values("language", "activity")
        .annotate(
            waiting=Count("pk"),
            appeals=Count("pk", filter=Q(round=RatingRound.APPEAL)),
            since=Min("waiting_since"),
            due=Min("due_on"),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
        )
        .order_by("due", "since", "language", "activity")
    )
    return [
        QueueRow(
            language=row["language"],
            activity=row["activity"],
            waiting=row["waiting"],
            appeals=None if row["language"] in mine else row["appeals"],
            since=row["since"],
            due_on=row["due"],
            overdue=row["overdue"],
            mine=row["language"] in mine,
        )
        for row in rows
    ]


def overdue_works(today: date) -> QuerySet[Work]:
    """Work whose deadline has passed, whether somebody holds it or not."""
    return Work.objects.filter(state__in=WAITING_FOR_RATERS, due_on__lt=today).select_related("language")


def who_cares(language: str) -> list[User]:
    """The raters of a language; where there is none, those who can make somebody a rater."""
    staff = User.objects.filter(is_active=True, is_staff=True)
    raters = list(staff.filter(rater__active=True, rater__languages=language))
    makes_raters = Q(groups__permissions__codename="add_rater") | Q(is_superuser=True)
    return raters or list(staff.filter(makes_raters).distinct())
