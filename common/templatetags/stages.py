"""People by stage and the dates promised to them: `{% load stages %}`. Plain data, and a text that says the same."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.svg import promises, scale
from common.templatetags.figures import babel_locale, short_day

register = template.Library()

CLOCK_HEIGHT = 52
"""Pixels of the tallest day."""


@register.simple_tag
def stage_funnel(stages: Sequence[Mapping[str, Any]], label: str = "") -> SafeString:
    """People by stage, one bar each; `stages` are {label, count, missed, href}, `missed` those whose date has passed.

    A row with an `href` and somebody in it is a link.
    """
    tallest = max((stage["count"] for stage in stages), default=0) or 1

    def width(people: int) -> str:
        return scale.percent(scale.place(people, 0, tallest))

    rows = [
        {
            "label": stage["label"],
            "href": stage.get("href", ""),
            "count": stage["count"],
            "shown": format_decimal(stage["count"], locale=babel_locale()),
            "width": width(stage["count"]),
            "missed": stage.get("missed", 0),
            "missed_width": width(stage.get("missed", 0)),
        }
        for stage in stages
    ]
    context = {"rows": rows, "label": label or _("People by stage")}
    return render_to_string("components/graphics/stage_funnel.html", context)


@register.simple_tag
def promise_clock(days: Iterable[Mapping[str, Any]], today: date) -> SafeString:
    """Promise dates around today: answers owed here as filled blocks, those of the other side as outlined ones.

    `days` are {day, ours, theirs}: a date and how many answers each side owes until then. What was promised for a day
    before `today` was missed.
    """
    found = [one for one in days if one["ours"] or one["theirs"]]
    dues = [promises.Due((one["day"] - today).days, one["ours"], one["theirs"]) for one in found]
    drawn = []
    for column in promises.columns(dues):
        ours, theirs = (round(part * CLOCK_HEIGHT / 10_000) for part in (column.ours, column.theirs))
        top = 60 - ours
        drawn.append(
            {
                "x": scale.percent(max(0, column.middle - 125)),
                "ours": ours,
                "ours_top": top,
                "theirs": theirs,
                "theirs_top": top - theirs,
                "missed": column.offset < 0,
            }
        )
    marks = [_day_mark(today, offset) for offset in (-promises.BEFORE, 0, 7, promises.AFTER)]
    now = scale.percent(promises.middle_of(0))
    context = {"columns": drawn, "marks": marks, "today": now, "words": _promise_words(found, today)}
    return render_to_string("components/graphics/promise_clock.html", context)


def _day_mark(today: date, offset: int) -> dict[str, Any]:
    at = promises.middle_of(offset)
    words = (
        _("today")
        if not offset
        else format_date(today + timedelta(days=offset), "d MMM", locale=babel_locale())
    )
    return {
        "x": scale.percent(at),
        "text": words,
        "anchor": scale.anchor(at),
        "now": not offset,
        "minor": False,
    }


def _promise_words(days: Sequence[Mapping[str, Any]], today: date) -> str:
    """What the clock shows: "2 answers of yours are overdue, the oldest since 3 Nov 2026. 1 is due by 24 Nov 2026 …"."""
    late = [one for one in days if one["day"] < today and one["ours"]]
    ahead = [one for one in days if one["day"] >= today and one["ours"]]
    theirs = sum(one["theirs"] for one in days)
    words = []
    if late:
        n, first = sum(one["ours"] for one in late), min(one["day"] for one in late)
        words.append(
            ngettext(
                "%(n)s answer of yours is overdue; it was promised for %(day)s.",
                "%(n)s answers of yours are overdue; the oldest was promised for %(day)s.",
                n,
            )
            % {"n": n, "day": short_day(first)}
        )
    if ahead:
        n, first = sum(one["ours"] for one in ahead), min(one["day"] for one in ahead)
        words.append(
            ngettext(
                "%(n)s answer of yours is promised by %(day)s.",
                "%(n)s answers of yours are promised, the next by %(day)s.",
                n,
            )
            % {"n": n, "day": short_day(first)}
        )
    if theirs:
        words.append(
            ngettext("%(n)s person owes you an answer.", "%(n)s people owe you an answer.", theirs)
            % {"n": theirs}
        )
    return " ".join(words) or _("Nobody owes an answer now.")
