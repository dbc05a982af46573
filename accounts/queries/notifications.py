"""Reading what a person was told."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from accounts.models import Notification, User

PAGE_SIZE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
A_MICROSECOND = timedelta(microseconds=1)


class NoSuchPlace(ValueError):
    """Not a place in the list."""


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """Some notifications, newest first, and the place where the next page begins ("" at the end)."""

    rows: list[Notification]
    older: str


def notification_page(user: User, after: str = "", size: int = PAGE_SIZE) -> NotificationPage:
    """`size` notifications older than the place `after` ("" = the newest). Raises NoSuchPlace.

    A page begins after a row and not at a count, so what arrives meanwhile moves nothing, and the last page is as quick
    as the first.
    """
    rows = Notification.objects.filter(user=user).order_by("-created_at", "-id")
    if after:
        at, pk = _read_place(after)
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk), created_at__lte=at)
    found = list(rows[: size + 1])
    return NotificationPage(found[:size], _place(found[size - 1]) if len(found) > size else "")


def _place(row: Notification) -> str:
    return f"{(row.created_at - EPOCH) // A_MICROSECOND}-{row.pk}"


def _read_place(place: str) -> tuple[datetime, int]:
    at, _dash, pk = place.partition("-")
    if not (at.isdecimal() and pk.isdecimal() and len(at) <= 17 and len(pk) <= 18):
        raise NoSuchPlace(place)
    return EPOCH + int(at) * A_MICROSECOND, int(pk)
