"""Money, time and moments in words: `{% load figures %}`. Locale-aware, tabular, with units."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location
from babel.numbers import format_currency
from django import template
from django.utils.formats import time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

register = template.Library()

LETTER_BEFORE_DIGIT = re.compile(r"(?<=[A-Za-z])(?=\d)")


def babel_locale() -> Locale:
    return _locale(get_language() or "en")


@lru_cache(maxsize=100)
def _locale(language: str) -> Locale:
    return Locale.parse(to_locale(language))


def amount_text(amount: Decimal | int | str, currency: str) -> str:
    """An amount in the reader's notation; a currency without a sign there stays apart from the figure."""
    exact = amount if isinstance(amount, Decimal) else Decimal(str(amount))
    return _amount_text(exact, currency, get_language() or "en")


@lru_cache(maxsize=4_000)
def _amount_text(amount: Decimal, currency: str, language: str) -> str:
    """A page of a shortlist has hundreds of amounts, and many of them again and again."""
    return code_apart(str(format_currency(amount, currency, locale=_locale(language))))


def code_apart(text: str) -> str:
    """A figure in words, with a no-break space between a currency's code and the number: never "ZAR30.23"."""
    return LETTER_BEFORE_DIGIT.sub("\u00a0", text)


def _period_words(period: str) -> str:
    if not period:
        return ""
    words = {
        "hour": _("an hour"),
        "day": _("a day"),
        "week": _("a week"),
        "month": _("a month"),
        "year": _("a year"),
    }
    if period not in words:
        raise template.TemplateSyntaxError(f"period {period!r} is not one of {sorted(words)}")
    return words[period]


@register.simple_tag
def money(amount: Decimal | int | str | None, currency: str, per: str = "") -> SafeString:
    """An amount in its currency's own number of decimals; `per` is hour, day, week, month, year or empty."""
    if amount is None or amount == "":
        return format_html('<span class="quiet">{}</span>', _("not known"))
    words = _period_words(per)
    return format_html(
        '<span class="money">{}</span>{}', amount_text(amount, currency), f" {words}" if words else ""
    )


@register.simple_tag
def money_range(low: Decimal, high: Decimal, currency: str, per: str = "") -> SafeString:
    """Two amounts as a range, one when they are equal."""
    if low == high:
        return money(low, currency, per)
    return format_html(
        '<span class="nowrap">{} –</span> {}', money(low, currency), money(high, currency, per)
    )


@register.filter
def duration(minutes: int | timedelta | None) -> str:
    """Minutes (or a timedelta) as "7 h 30 min", in Dutch "7 uur 30 min"."""
    if minutes is None:
        return ""
    if isinstance(minutes, timedelta):
        minutes = round(minutes.total_seconds() / 60)
    sign = "−" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    if hours and rest:
        return sign + _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    if hours:
        return sign + _("%(hours)s h") % {"hours": hours}
    return sign + _("%(minutes)s min") % {"minutes": rest}


@register.filter
def clock(minute: int) -> str:
    """A minute of the day (0–1440) as a clock time: 450 is "07:30", 1440 is "24:00"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


@register.filter
def zone_name(zone: str) -> str:
    """The place whose clock a zone is, as the reader calls it: "Europe/Lisbon" is "Lisbon", in Dutch "Lissabon" (CLDR)."""
    return _zone_name(zone, babel_locale()) if "/" in zone else zone


@lru_cache(maxsize=2_000)
def _zone_name(zone: str, locale: Locale) -> str:
    try:
        city = get_timezone_location(zone, locale=locale, return_city=True)
    except LookupError:
        city = zone
    return str(city).rsplit("/", 1)[-1].replace("_", " ")


def _at(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        raise template.TemplateSyntaxError("a moment needs a time zone")
    return moment.astimezone(ZoneInfo(zone))


@register.filter
def short_day(day: date) -> str:
    """A day where room is scarce: "Mon 23 Nov 2026", in Dutch "ma 23 nov 2026"."""
    return str(format_date(day, "EEE d MMM y", locale=babel_locale()))


def _time(local: datetime) -> str:
    return time_format(local.timetz(), "H:i")


@register.simple_tag
def moment(value: datetime, zone: str = "UTC", label: str = "") -> SafeString:
    """One moment on one clock, with the place whose clock it is."""
    local = _at(value, zone)
    return format_html(
        '<time datetime="{}">{} {} {}</time>',
        local.isoformat(timespec="minutes"),
        short_day(local),
        _time(local),
        label or zone_name(zone),
    )


@register.simple_tag
def both_clocks(
    value: datetime, zone_a: str, zone_b: str, label_a: str = "", label_b: str = ""
) -> SafeString:
    """One moment on two clocks; the day is repeated only where it differs."""
    first, second = _at(value, zone_a), _at(value, zone_b)
    if zone_a == zone_b:
        return moment(value, zone_a, label_a)
    places = [
        f"{short_day(first)} {_time(first)} {label_a or zone_name(zone_a)}",
        f"{_time(second)} {label_b or zone_name(zone_b)}",
    ]
    if first.date() != second.date():
        places[1] = f"{short_day(second)} {places[1]}"
    return format_html(
        '<time class="clocks" datetime="{}">{}</time>',
        value.isoformat(timespec="minutes"),
        format_html_join("", "<span>{}</span>", ((place,) for place in places)),
    )


@register.simple_tag
def plain_clocks(value: datetime, zone_a: str, zone_b: str) -> str:
    """`both_clocks` for a text: "Mon 23 Nov 2026 09:00 (Lisbon), 10:00 (Amsterdam)"."""
    first, second = _at(value, zone_a), _at(value, zone_b)
    own = f"{short_day(first)} {_time(first)} ({zone_name(zone_a)})"
    if zone_a == zone_b:
        return own
    day = "" if first.date() == second.date() else f"{short_day(second)} "
    return f"{own}, {day}{_time(second)} ({zone_name(zone_b)})"


@register.filter
def share(part: Any, whole: Any) -> str:
    """`part` of `whole` as a whole percentage, which no line breaks."""
    return f"{round(100 * float(part) / float(whole))}\N{NO-BREAK SPACE}%" if whole else ""
