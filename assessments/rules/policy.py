"""Days and months: when a test may be taken again, and how long a result holds."""

from calendar import monthrange
from datetime import date, datetime, timedelta

RETAKE_DAYS = 14
"""Days between finishing a test and starting it again."""

RESUME_DAYS = 14
"""Days for which a test that was started can be gone on with."""

RATED_VALID_MONTHS = 24
"""How long the result of a rated test holds."""

RATING_WORKING_DAYS = 5
"""Working days within which work that was handed in is rated."""

APPEAL_WORKING_DAYS = 10
"""Working days within which an appeal is decided."""

APPEAL_DAYS = 30
"""Days after a rated result during which it can be appealed."""

RATING_HOLD_HOURS = 48
"""Hours for which a rater holds a piece of work before it goes to somebody else."""

LOOKED_AT_WITHIN_DAYS = 7
"""Days within which a person looks at an integrity flag; the candidate is told."""

LONGEST_VALIDITY_YEARS = 10
"""How far ahead the end of a measurement recorded from evidence may lie."""


def retake_on(finished_on: date) -> date:
    """First day on which the test may be taken again."""
    return finished_on + timedelta(days=RETAKE_DAYS)


def is_stale(started_at: datetime, now: datetime) -> bool:
    """Whether a session was left for too long to be gone on with."""
    return now - started_at > timedelta(days=RESUME_DAYS)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month when it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
