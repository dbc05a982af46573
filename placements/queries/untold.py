"""What happened lately and was not told yet. A row that was told has a notification under its key."""

from datetime import datetime
from typing import TypeVar

from django.db.models import CharField, Exists, F, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import Notification
from matching.models import RankingState
from placements.models import Application, ProfileView
from vacancies.enums import VacancyState

Row = TypeVar("Row", bound=Model)

OPENED, CHANGED, READY = "profile-opened", "vacancy-changed", "shortlist-ready"


def untold_profile_views(since: datetime) -> QuerySet[ProfileView]:
    """Profiles opened after `since` whose people do not know it yet, the earliest first."""
    rows = ProfileView.objects.filter(at__gt=since, candidate__user__is_active=True).with_names()
    return (
        _untold(rows, OPENED, "pk", "candidate__user").select_related("candidate__user").order_by("at", "pk")
    )


def untold_vacancy_changes(since: datetime) -> QuerySet[Application]:
    """Open applications that began under an earlier version of a vacancy than the one published after `since`."""
    began_before = Application.objects.open().filter(
        vacancy__current__frozen_at__gt=since,
        created_at__lt=F("vacancy__current__frozen_at"),
        candidate__user__is_active=True,
    )
    rows = began_before.exclude(version=F("vacancy__current")).with_names().order_by("pk")
    return _untold(rows, CHANGED, "vacancy__current", "candidate__user")


def untold_shortlists(since: datetime) -> QuerySet[RankingState]:
    """Published vacancies whose current version, published after `since`, has its first ranking; nobody was told yet."""
    rows = RankingState.objects.filter(
        vacancy__state=VacancyState.PUBLISHED,
        vacancy__current__frozen_at__gt=since,
        current__version=F("vacancy__current"),
    )
    told = Notification.objects.filter(
        key=_key(READY, "vacancy__current"), user__membership__employer=OuterRef("vacancy__employer")
    )
    return (
        rows.exclude(Exists(told))
        .select_related("vacancy__employer", "vacancy__current", "current")
        .order_by("pk")
    )


def _untold(rows: QuerySet[Row], event: str, number: str, reader: str) -> QuerySet[Row]:
    return rows.exclude(Exists(Notification.objects.filter(user=OuterRef(reader), key=_key(event, number))))


def _key(event: str, number: str) -> Concat:
    return Concat(Value(f"{event}:"), Cast(OuterRef(number), CharField()))
