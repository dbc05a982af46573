"""When the daily mail of somebody is due: in the morning of their own clock, once a day of their own calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

MORNING = time(7)
NIGHT = time(21)
"""Where no worker ran in the morning, the mail comes later that day, but not at night."""


@dataclass(frozen=True, slots=True)
class Morning:
    """A day that has begun for somebody, and the moment (UTC) until which its mail collects."""

    day: date
    until: datetime


def morning_of(zone: ZoneInfo, now: datetime) -> Morning | None:
    """The morning whose mail is due at `now` (aware), or None before seven and after nine in the evening there.

    What is written after that moment waits for the next morning, so the same mail comes of it whenever it is put together.
    A clock change moves the moment, never the day: a day of 23 or 25 hours has one morning.
    """
    day = now.astimezone(zone).date()
    until, night = (datetime.combine(day, at, tzinfo=zone).astimezone(UTC) for at in (MORNING, NIGHT))
    return Morning(day, until) if until <= now < night else None
