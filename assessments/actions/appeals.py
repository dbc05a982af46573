"""Appeals of rated results, and reminding staff of what is overdue."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from assessments.actions.rater_news import tell_raters
from assessments.engine.rating import FEWEST_RATERS, level_of
from assessments.enums import WORK_MOVES, RatingRound, WorkState
from assessments.models import Appeal, Work
from assessments.queries.rating_queue import overdue_works, who_cares
from assessments.rules.policy import APPEAL_DAYS, APPEAL_WORKING_DAYS
from candidates.models import Candidate
from common.states import move_state
from reference.rules.working_days import working_days_after

MOST_REASON_CHARACTERS = 2_000
REMIND_AGAIN = timedelta(hours=24)


class UnableToAppeal(Exception):
    """There is no result to appeal, or it was appealed before, or it is too late."""


class NoReason(UnableToAppeal):
    """An appeal says why."""


def may_appeal(work: Work, now: datetime) -> bool:
    """Whether a result can be appealed now: rated, never appealed, not long ago, and not taken back."""
    return (
        work.state == WorkState.RATED
        and work.round == RatingRound.FIRST
        and work.rated_at is not None
        and now - work.rated_at <= timedelta(days=APPEAL_DAYS)
        and work.measurement is not None
        and work.measurement.revoked_at is None
    )


@transaction.atomic
def file_appeal(*, work: Work, candidate: Candidate, reason: str, now: datetime) -> Appeal:
    """Ask for a second, blind rating by other people, once a result. Raises UnableToAppeal."""
    work = (
        Work.objects.select_for_update(of=("self",))
        .select_related("measurement")
        .get(pk=work.pk, candidate=candidate)
    )
    if not may_appeal(work, now) or work.value is None or work.margin is None:
        raise UnableToAppeal
    if not reason.strip() or len(reason) > MOST_REASON_CHARACTERS:
        raise NoReason
    due_on = working_days_after(now.astimezone(UTC).date(), APPEAL_WORKING_DAYS, settings.PLATFORM_COUNTRY)
    appeal = Appeal.objects.create(
        work=work,
        reason=reason.strip(),
        filed_at=now,
        due_on=due_on,
        value_before=work.value,
        margin_before=work.margin,
        level_before=level_of(work.value),
    )
    move_state(
        work,
        to=WorkState.APPEALED,
        table=WORK_MOVES,
        round=RatingRound.APPEAL,
        raters_wanted=FEWEST_RATERS,
        raters_active=0,
        due_on=due_on,
        waiting_since=now,
        reminded_at=None,
    )
    record(verb="appeal.filed", target=appeal, by=candidate.user, now=now)
    tell_raters(work=work, now=now)
    return appeal


@transaction.atomic
def remind_of_overdue(*, now: datetime) -> int:
    """Write to the raters of each language in which something is overdue, at most once a day; how many mails."""
    overdue = overdue_works(now.astimezone(UTC).date()).select_for_update(of=("self",), skip_locked=True)
    by_language: dict[str, list[Work]] = {}
    for work in overdue.order_by("due_on", "pk"):
        if work.reminded_at is None or now - work.reminded_at >= REMIND_AGAIN:
            by_language.setdefault(work.language_id, []).append(work)
    sent = 0
    for language, works in by_language.items():
        for user in who_cares(language):
            notify(
                to=user,
                kind=NotificationKind.ANSWER_DUE,
                template="assessments/mail/ratings_overdue",
                context={"works": works, "language": works[0].language},
                url=reverse("admin:assessments_rating_queue"),
                key=f"ratings-overdue:{language}:{now.isoformat()}",
                now=now,
            )
            sent += 1
        Work.objects.filter(pk__in=[work.pk for work in works]).update(reminded_at=now)
    return sent
