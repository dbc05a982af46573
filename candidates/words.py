"""Profiles in plain words: what a step is good for, what a week holds."""

from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates.enums import Step
from candidates.rules.week import DayGroup, day_groups, spans_of
from common.week import week_minutes

UNLOCKS = {
    Step.ABOUT: _(
        "Decides whose wage law protects you, which employers can hire you, and turns shifts into your own time."
    ),
    Step.LANGUAGES: _("Opens the door: a customer writes in a language, and somebody has to answer in it."),
    Step.BACKGROUND: _(
        "Gives credit for the places, customers and kinds of work that you know. A CV is never a condition."
    ),
    Step.SKILLS: _("Shows where you fit now and what you could learn next."),
    Step.HOURS: _("Finds the shifts that fall into your own day, wherever the employer is."),
    Step.WORK: _("Keeps offers below your minimum away, and contracts that you do not want."),
    Step.WORK_STYLE: _("Compares how you like to work with how teams work. There is no right or wrong."),
    Step.LISTING: _("Puts you in front of employers, without your name. You can stop at any time."),
}


def clock_words(minute: int) -> str:
    """A minute of the day as 09:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def week_lines(mask: bytes) -> list[str]:
    """A weekly mask in words, neighbouring days of the same times together: "Monday to Friday: 09:00–17:00"."""
    return [
        f"{_days(group)}: " + ", ".join(_times(start, end) for start, end in group.times)
        for group in day_groups(spans_of(bytes(mask)))
    ]


def week_hours(mask: bytes) -> str:
    """Hours a week that a mask holds, in the reader's notation: "37.5"."""
    return str(number_format(f"{week_minutes(bytes(mask)) / 60:g}"))


def _days(group: DayGroup) -> str:
    first, last = str(WEEKDAYS[group.first]), str(WEEKDAYS[group.last])
    if group.first == group.last:
        return first
    if group.last == group.first + 1:
        return gettext("%(first)s and %(last)s") % {"first": first, "last": last}
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def _times(start: int, end: int) -> str:
    if start == end:
        return gettext("the whole day")
    if end == 0:
        return f"{clock_words(start)}–24:00"
    times = f"{clock_words(start)}–{clock_words(end)}"
    return gettext("%(times)s the next day") % {"times": times} if end < start else times
