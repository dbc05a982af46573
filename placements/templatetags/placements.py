"""Words and figures of a person beside a vacancy."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from candidates.models import Candidate
from placements.queries import pairing

register = template.Library()


@register.filter
def short_id(candidate: Candidate) -> str:
    """What a person is called before they are known: the first six signs of their public id."""
    return candidate.public_id.hex[:6].upper()


@register.filter
def titled(candidate: Candidate, word: str) -> str:
    """The word before the short id, as a title."""
    return f"{word} {short_id(candidate)}"


@register.filter
def of_hundred(score: int) -> str:
    """A fixed-point score as 0 to 100 with one decimal, in the reader's notation."""
    return str(number_format(pairing.of_hundred(score), 1))


@register.filter
def city(zone: str) -> str:
    """The place of an IANA zone: Europe/Amsterdam is Amsterdam."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


@register.filter
def weekday_names(weekdays: Iterable[int]) -> str:
    """Weekdays in words."""
    return ", ".join(str(WEEKDAYS[weekday]) for weekday in sorted(weekdays))


@register.filter
def clock_changes(strip: pairing.Strip) -> list[dict[str, Any]]:
    """The other distances between both clocks in the year, each with the week it starts in."""
    return [
        {
            "ahead": change["ahead"],
            "label": _("from the week of %(day)s") % {"day": date_format(change["monday"], "DATE_FORMAT")},
        }
        for change in strip.changes
    ]
