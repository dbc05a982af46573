"""Telling what nobody waits for at this moment: an opened profile, a changed vacancy, a shortlist that is ready.

A sweep finds it in the tables and tells it, each once. So no page that an employer opens has to write letters, and what
happened while no worker ran is told by the next one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.urls import reverse

from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from common.sweeping import each_by_itself
from matching.models import RankingState
from placements.models import Application, ProfileView
from placements.queries.editors import editors_of
from placements.queries.untold import (
    CHANGED,
    OPENED,
    READY,
    untold_profile_views,
    untold_shortlists,
    untold_vacancy_changes,
)

Row = TypeVar("Row", bound=Model)

LOOK_BACK: Final = timedelta(days=2)
"""What is older is no news; no worker is away that long unnoticed."""
BATCH: Final = 1_000
"""Of each kind in one go; where there may be more, the next one follows at once."""


def tell_news(*, now: datetime) -> int:
    """Tell a batch of each kind; how many rows. Twice, or twice at once, tells nothing twice."""
    since = now - LOOK_BACK
    return (
        _told(untold_profile_views(since), _tell_opened, now)
        + _told(untold_vacancy_changes(since), _tell_changed, now)
        + _told(untold_shortlists(since), _tell_ready, now)
    )


def _told(untold: QuerySet[Row], tell: Callable[[Row, datetime], None], now: datetime) -> int:
    """How many were told, each in a transaction of its own."""

    @transaction.atomic
    def tell_one(row: Row) -> None:
        tell(row, now)

    return len(each_by_itself(list(untold[:BATCH]), tell_one))


def _tell_opened(view: ProfileView, now: datetime) -> None:
    context = {"vacancy": view.vacancy, "employer": view.vacancy.employer, "version": view.vacancy.current}
    _notify(view.candidate.user, "profile_opened", NotificationKind.PROFILE_VIEWED, context, OPENED, view.pk, now,
            reverse("placements:profile_views"))  # fmt: skip


def _tell_changed(application: Application, now: datetime) -> None:
    vacancy = application.vacancy
    person = application.candidate
    assert person is not None
    assert vacancy.current is not None
    context = {"employer": application.employer, "title": vacancy.current.title}
    url = reverse("placements:match", args=[vacancy.pk])
    _notify(
        person.user,
        "vacancy_changed",
        NotificationKind.VACANCY_CHANGED,
        context,
        CHANGED,
        vacancy.current.pk,
        now,
        url,
    )


def _tell_ready(state: RankingState, now: datetime) -> None:
    vacancy = state.vacancy
    assert state.current is not None
    assert vacancy.current is not None
    context = {"title": vacancy.current.title, "n": state.current.eligible}
    url = reverse("placements:shortlist", args=[vacancy.pk])
    for editor in editors_of(vacancy.employer):
        _notify(
            editor,
            "shortlist_ready",
            NotificationKind.SHORTLIST_READY,
            context,
            READY,
            vacancy.current.pk,
            now,
            url,
        )


def _notify(
    to: Any,
    words: str,
    kind: NotificationKind,
    context: dict[str, Any],
    event: str,
    number: int,
    now: datetime,
    url: str,
) -> None:
    template = f"placements/mail/{words}"
    notify(to=to, kind=kind, template=template, context=context, url=url, key=f"{event}:{number}", now=now)
