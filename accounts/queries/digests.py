"""Whose daily mail is due."""

from datetime import datetime

from django.db.models import Q

from accounts.models import Notification
from accounts.rules.mornings import Morning, morning_of
from accounts.rules.time_zones import clock_of

BATCH = 200


def due_digests(now: datetime, most: int = BATCH) -> list[int]:
    """Ids of users for whom something waits, it is morning, and no daily mail of that day was written; `most` of them.

    Zones that share a morning are asked together, so the number of conditions is that of offsets, not of cities.
    """
    waiting = Notification.objects.filter(awaits_digest=True).order_by()
    mornings: dict[Morning, list[str]] = {}
    for zone in waiting.values_list("user__time_zone", flat=True).distinct():
        morning = morning_of(clock_of(zone), now)
        if morning:
            mornings.setdefault(morning, []).append(zone)
    found: list[int] = []
    for morning, zones in sorted(mornings.items(), key=lambda item: item[0].until):
        due = waiting.filter(Q(created_at__lt=morning.until), user__time_zone__in=zones)
        due = due.exclude(user__digests__day=morning.day)
        found += due.values_list("user", flat=True).distinct()[: most - len(found)]
        if len(found) >= most:
            break
    return found
