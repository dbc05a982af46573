"""How a row is called where it has no name of its own: by what it belongs to, and its day as people write it."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def day_in_words(day: date | datetime) -> str:
    """A day as the reader's language writes it; of a moment the day in the reader's zone."""
    return date_format(timezone.localtime(day) if isinstance(day, datetime) else day, "DATE_FORMAT")


def moment_in_words(moment: datetime) -> str:
    """Day and time as the reader's language writes them, in the reader's zone."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
