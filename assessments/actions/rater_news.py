"""Telling raters that there is something to rate."""

from datetime import UTC, datetime

from django.urls import reverse

from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from assessments.models import Work
from assessments.queries.rating_queue import who_cares


def tell_raters(*, work: Work, now: datetime) -> None:
    """Say once a day, to whoever rates its language, that work waits; how much and which the queue shows."""
    today = now.astimezone(UTC).date()
    for user in sorted(who_cares(work.language_id), key=lambda user: user.pk):
        notify(
            to=user,
            kind=NotificationKind.WORK_TO_RATE,
            template="assessments/mail/work_to_rate",
            context={"language": work.language, "due_on": work.due_on},
            url=reverse("admin:assessments_rating_queue"),
            key=f"work-to-rate:{work.language_id}:{today:%Y-%m-%d}",
            now=now,
        )
