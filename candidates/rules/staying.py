"""Until when somebody is found: which day counts, and when to remind them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

LONGEST_PAUSE: Final = timedelta(days=365)
BEHIND_UTC: Final = timedelta(hours=12)
"""How far the last clock on earth is behind UTC."""


def day_begun_everywhere(now: datetime) -> date:
    """The latest date that has begun on every clock on earth, so that nobody's day before it is cut short."""
    return (now - BEHIND_UTC).date()


def last_day_confirmed(today: date, days: int) -> date:
    """Who confirmed before this day is not listed any more `today`, when a confirmation holds for `days` days."""
    return today - timedelta(days=days)


def reminders_due(today: date, days: int, ahead: Sequence[int]) -> list[tuple[int, date]]:
    """(number of the reminder from 1, latest day of confirmation for which it is due), the last reminder first.

    `ahead`: how many days before the end each is sent, the first one first.
    """
    due = [
        (number, last_day_confirmed(today, days) + timedelta(days=before))
        for number, before in enumerate(ahead, start=1)
    ]
    return due[::-1]
