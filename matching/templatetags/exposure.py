"""Shares and coefficients in templates, in the reader's notation; a dash where there is none."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def coefficient(value: float | None) -> str:
    """A Gini coefficient with three decimals."""
    return "–" if value is None else str(number_format(Decimal(str(value)).quantize(Decimal("0.001")), 3))


@register.filter
def percent(share: float | None) -> str:
    """A share of 1 as per cent with one decimal."""
    if share is None:
        return "–"
    return f"{number_format((Decimal(str(share)) * 100).quantize(Decimal('0.1')), 1)}\N{NO-BREAK SPACE}%"
