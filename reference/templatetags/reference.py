"""Facts in templates: `{% load reference %}`. Names in the reader's language, and where a figure comes from."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from babel import Locale
from babel.numbers import format_currency
from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from common.money import PayPeriod
from common.templatetags.figures import code_apart
from reference import names
from reference.enums import FloorKind, HoursBasis, Origin, Reliability, UnknownFloor
from reference.models import WageFloor
from reference.rules.wages import Floor

register = template.Library()

register.filter("country_name", names.country_name)
register.filter("language_name", names.language_name)
register.filter("currency_name", names.currency_name)


def amount_in(currency: str, amount: Decimal, period: str) -> str:
    """An amount with all its stated decimals, as `€920.00 per month`."""
    locale = Locale.parse(to_locale(get_language() or "en"))
    digits = max(names.minor_digits(currency), -cast(int, amount.normalize().as_tuple().exponent))
    money = format_currency(
        round(amount, digits), currency, locale=locale, currency_digits=False, decimal_quantization=False
    )
    return f"{code_apart(money)} {PayPeriod(period).label}"


def plain_number(value: Decimal) -> str:
    """A number without idle zeros: 40, 38.46154."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def stated_amount(row: Any) -> str:
    """A row of the facts as its source states it; a percentage of the legal minimum as such; empty without either."""
    if row.amount is not None:
        return amount_in(row.currency, row.amount, row.period)
    if row.percent_of_legal_minimum is not None:
        return _("%(percent)s of the legal minimum") % {
            "percent": f"{plain_number(row.percent_of_legal_minimum)}\N{NO-BREAK SPACE}%"
        }
    return ""


@register.filter
def hourly_amount(floor: Floor) -> str:
    """A worked-out floor per hour, as `€6.20 per hour`."""
    return amount_in(floor.currency, floor.hourly, PayPeriod.HOUR)


@register.filter
def unknown_floor(code: str) -> str:
    """Why a floor is unknown, in words."""
    return str(UnknownFloor(code).label)


@register.filter
def floor_kind(code: str) -> str:
    """What kind of floor it is, in words."""
    return str(FloorKind(code).label)


@register.filter
def as_of(value: str) -> str:
    """`2026`, `2026-11` or `2026-11-22` in words, as precise as it is."""
    parts = [int(part) for part in value.split("-")] if value else []
    match parts:
        case [year, month, day]:
            return date_format(date(year, month, day), "DATE_FORMAT")
        case [year, month]:
            return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")
    return value


@register.filter
def own_words(row: Any, column: str) -> str:
    """A text of the facts as it stands, marked as English, in which our files are; staff write in their own language."""
    text = str(getattr(row, column) or "")
    if not text or getattr(row, "origin", "") == Origin.STAFF:
        return text
    return format_html('<span lang="en">{}</span>', text)


@register.inclusion_tag("reference/_source.html")
def figure_source(fact: Any) -> dict[str, Any]:
    """Source, date and reliability of a figure, folded away beside it.

    `fact` is a row of the facts (wage floor, market pay, rate, hours …) or a worked-out `Floor`.
    """
    row = getattr(fact, "row", fact)
    basis = getattr(fact, "hours_basis", "")
    floor = isinstance(fact, Floor | WageFloor)
    return {
        "row": row,
        "reliability": Reliability(row.reliability).label,
        "is_link": row.source_ref.startswith(("https://", "http://")),
        "stated": stated_amount(row) if floor else "",
        "hours": plain_number(fact.weekly_hours) if basis not in ("", HoursBasis.NONE) else "",
        "hours_basis": HoursBasis(basis).label if basis else "",
        "confirmed": getattr(row, "confirmed", None) or getattr(row, "confirmed_at", None),
        "demo": getattr(row, "origin", "") == "demo",
        "dated": floor,
    }


@register.filter
def by_country(rows: Iterable[Any], attribute: str = "") -> list[Any]:
    """Country codes, or rows with one in `attribute`, by the countries' names in the reader's language."""

    def name(row: Any) -> str:
        return names.place_in_list(names.country_name(getattr(row, attribute) if attribute else row))

    return sorted(rows, key=name)
