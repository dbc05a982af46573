"""Words about vacancies for templates."""

from collections import defaultdict
from collections.abc import Sequence

from django import template
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from reference.choices import channel_choices, skill_choices
from vacancies.enums import LegalEmployer
from vacancies.forms.facts import PART_WEIGHTS, PARTS
from vacancies.models import VacancyVersion
from vacancies.rules.pay import PlaceOffer

DAY_MINUTES = 1440
FEW = 6

register = template.Library()


@register.filter
def skill_name(code: str) -> str:
    """Name of a skill of the vocabulary in the reader's language."""
    return next((name for _group, skills in skill_choices() for known, name in skills if known == code), code)


@register.filter
def channel_name(code: str) -> str:
    """Name of a channel of the vocabulary in the reader's language."""
    return dict(channel_choices()).get(code, code)


@register.filter
def weight_words(version: VacancyVersion) -> str:
    """The weights that the employer chose, in words: "Language: a lot, Time: a little"."""
    labels = dict(PART_WEIGHTS)
    chosen = ((name, version.weights[part]) for part, name in PARTS.items() if part in version.weights)
    return ", ".join(f"{name}: {labels.get(str(weight), weight)}" for name, weight in chosen)


@register.filter
def region_names(places: Sequence[PlaceOffer]) -> str:
    """Names of regions that share a floor; a long list is cut and counted."""
    names = [place.region_name for place in places]
    if len(names) <= FEW:
        return ", ".join(names)
    shown = ", ".join(names[:FEW])
    return _("%(regions)s and %(more)s others") % {"regions": shown, "more": len(names) - FEW}


@register.filter
def who_employs_you(version: VacancyVersion) -> str:
    """Who signs the contract, said to whoever would do the work."""
    if version.legal_employer == LegalEmployer.PROVIDER:
        return _("a staffing provider in your country")
    return str(version.get_legal_employer_display())


@register.filter
def shift_lines(version: VacancyVersion) -> list[str]:
    """Shift blocks in words, days that are alike together: "Mon–Fri 09:00–17:00 (must be covered)"."""
    days: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for shift in sorted(version.shifts.all(), key=lambda row: (row.weekday, row.start_minute)):
        days[(shift.start_minute, shift.duration_minutes, shift.must)].append(shift.weekday)
    return [
        f"{day_words(weekdays)} {block_words(start, duration)}"
        + (f" ({_('must be covered')})" if must else "")
        for (start, duration, must), weekdays in days.items()
    ]


def block_words(start: int, duration: int) -> str:
    """A block of the day; one that passes midnight says so."""
    words = f"{clock(start)}–{clock(start + duration)}"
    return _("%(block)s the next day") % {"block": words} if start + duration > DAY_MINUTES else words


def day_words(weekdays: list[int]) -> str:
    """Weekdays in words, three or more in a row as a range."""
    if len(weekdays) > 2 and weekdays == list(range(weekdays[0], weekdays[-1] + 1)):
        return f"{WEEKDAYS_ABBR[weekdays[0]]}–{WEEKDAYS_ABBR[weekdays[-1]]}"
    return ", ".join(str(WEEKDAYS_ABBR[weekday]) for weekday in weekdays)


def clock(minute: int) -> str:
    """A minute of the day as HH:MM; midnight at the end of the day is 24:00, and past it the clock starts again."""
    return "24:00" if minute == DAY_MINUTES else f"{minute // 60 % 24:02}:{minute % 60:02}"
