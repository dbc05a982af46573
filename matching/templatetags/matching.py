"""Figures of rankings in templates."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language

from common.svg.scale import percent, shares

HEIGHT = 80
FOOT = 88
TICKS = (0, 25, 50, 75, 100)
TENTH_DIGITS = 4
"""A tenth of a point is 10**4 of the scale 10**7."""

register = template.Library()


@register.filter
def points(score: int) -> str:
    """A fixed-point figure (10**7 = 1) as points of 100 with one decimal, in the reader's notation."""
    return _written(round(score, -TENTH_DIGITS) // 10**TENTH_DIGITS, get_language())


@lru_cache(maxsize=2048)
def _written(tenths: int, language: str | None) -> str:
    """There are a thousand and one such figures a language, and hundreds on a page."""
    return str(number_format(Decimal(tenths) / 10, 1))


@register.inclusion_tag("matching/_score_histogram.html")
def score_histogram(bins: Sequence[dict[str, Any]], sentence: str) -> dict[str, Any]:
    """Bars of people by score, low scores first. `bins`: {low, high, count, shown}; the sentence says the same in short.

    A bar of anybody is at least two pixels high.
    """
    ordered = sorted(bins, key=lambda each: each["low"])
    most = max(each["count"] for each in ordered)
    places = shares([1] * len(ordered), len(ordered))
    bars = []
    for at, each in enumerate(ordered):
        height = max(2, HEIGHT * each["count"] // most) if each["count"] else 0
        bars.append({**each, "x": percent(sum(places[:at])), "y": FOOT - height, "height": height})
    return {"bars": bars, "width": percent(places[0] * 9 // 10), "ticks": TICKS, "sentence": sentence}
