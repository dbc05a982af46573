"""Public pages of vacancies in templates: addresses, data for search engines, and the working day there."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from common.templatetags.figures import clock
from employers.addresses import company_path
from employers.models import Employer
from vacancies.addresses import job_path
from vacancies.models import Vacancy

MOST_SPANS = 3
_OUT_OF_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

register = template.Library()


@register.filter
def job_address(vacancy: Vacancy) -> str:
    """Where everybody can read it."""
    return job_path(vacancy)


@register.simple_tag
def linked_data(facts: Mapping[str, Any]) -> SafeString:
    """Facts as a JSON-LD data block. Browsers never run it, and no text in it can end the element or begin another."""
    text = json.dumps(facts, ensure_ascii=False).translate(_OUT_OF_HTML)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


@register.filter
def spans(blocks: Iterable[tuple[int, int]]) -> SafeString:
    """Blocks of a day as "08:00–16:00, 22:00–06:00", none broken over two lines; many are cut."""
    words = [(f"{clock(start)}–{clock(end)}",) for start, end in blocks]
    shown = format_html_join(", ", '<span class="nowrap">{}</span>', words[:MOST_SPANS])
    return format_html("{} …", shown) if len(words) > MOST_SPANS else shown


@register.simple_tag
def company_address(employer: Employer) -> str:
    """Where everybody can read about the employer."""
    return company_path(employer)


@register.filter
def of_country(days: Mapping[str, Any], country: str) -> Any:
    """What stands for a country, or nothing."""
    return days.get(country, ())


@register.filter
def amount(text: str) -> Decimal:
    """An amount that is kept as text, as a number."""
    return Decimal(text)


@register.filter
def dated_changes(changes: Iterable[tuple[date, int]]) -> list[dict[str, Any]]:
    """Changes of the clock with their day in words."""
    return [
        {"ahead": ahead, "label": _("From %(day)s") % {"day": date_format(day, "DATE_FORMAT")}}
        for day, ahead in changes
    ]
