"""Words about vacancies for templates."""

from collections import defaultdict

from django import template
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from vacancies.models import VacancyVersion

register = template.Library()


@register.filter
def shift_lines(version: VacancyVersion) -> list[str]:
    """Shift blocks in words, days that are alike together: "Mon–Fri 09:00–17:00 (must be covered)"."""
    days: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for shift in sorted(version.shifts.all(), key=lambda row: (row.weekday, row.start_minute)):
        days[(shift.start_minute, shift.duration_minutes, shift.must)].append(shift.weekday)
    return [
        f"{day_words(weekdays)} {clock(start)}–{clock(start + duration)}"
        + (f" ({_('must be covered')})" if must else "")
        for (start, duration, must), weekdays in days.items()
    ]


def day_words(weekdays: list[int]) -> str:
    """Weekdays in words, three or more in a row as a range."""
    if len(weekdays) > 2 and weekdays == list(range(weekdays[0], weekdays[-1] + 1)):
        return f"{WEEKDAYS_ABBR[weekdays[0]]}–{WEEKDAYS_ABBR[weekdays[-1]]}"
    return ", ".join(str(WEEKDAYS_ABBR[weekday]) for weekday in weekdays)


def clock(minute: int) -> str:
    """A minute of the day as HH:MM; past midnight it starts again."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
