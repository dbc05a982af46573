"""Figures of rankings in templates."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

from matching.engine import SCALE

register = template.Library()


@register.filter
def points(score: int) -> str:
    """A fixed-point figure (10**7 = 1) as points of 100 with one decimal, in the reader's notation."""
    return str(number_format((Decimal(score) * 100 / SCALE).quantize(Decimal("0.1")), 1))
