"""Words and figures of a person beside a vacancy."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext as translate

from assessments.models import Measurement
from candidates.models import Candidate
from common.templatetags.figures import clock, money_range
from matching.templatetags.matching import points
from matching.words.figures import days
from placements.queries import pairing, steps
from placements.queries.comparison import LanguageLine, PartLine
from placements.queries.explained_rows import ExplainedRow
from placements.queries.invitations import OpenInvitation, open_invitations
from placements.queries.steps import StepLine
from placements.queries.wage import Wage
from reference.names import language_name
from reference.templatetags.reference import as_of
from vacancies.models import VacancyVersion
from vacancies.templatetags.vacancies import day_words, skill_name

register = template.Library()

SPANS = 3
"""Stretches of weeks named beside a clock."""


@register.filter
def short_id(candidate: Candidate) -> str:
    """What a person is called before they are known."""
    return candidate.short_name


@register.simple_tag
def test_invitations(candidate: Candidate) -> list[OpenInvitation]:
    """Invitations to tests that still wait for the person. One query."""
    return open_invitations(candidate, timezone.now())


@register.simple_tag
def say(text: str) -> str:
    """A text of the engine's definitions in the reader's language."""
    return translate(text) if text else ""


@register.filter
def titled(candidate: Candidate, word: str) -> str:
    """The word before the short id, as a title."""
    return f"{word} {short_id(candidate)}"


@register.filter
def measured_words(measurement: Measurement) -> str:
    """What was measured, at which level: "Dutch C1", "Handling complaints: working"."""
    if measurement.language_id:
        return f"{language_name(measurement.language_id)} {measurement.level_name}"
    levels = {1: _("basic"), 2: _("working"), 3: _("strong")}
    return _("%(skill)s: %(level)s") % {
        "skill": skill_name(measurement.skill_id or ""),
        "level": levels[measurement.level],
    }


@register.filter
def beside(
    line: PartLine | LanguageLine, people: Sequence[ExplainedRow]
) -> Iterable[tuple[ExplainedRow, Any]]:
    """The cells of a line, each with the person it is about."""
    return zip(people, line.cells, strict=True)


@register.filter
def of_hundred(score: int) -> str:
    """A fixed-point score as 0 to 100 with one decimal, in the reader's notation."""
    return points(score)


@register.filter
def at(moment: datetime) -> str:
    """A moment on the reader's own clock; "UTC" stands behind it for whoever chose no clock."""
    words = str(date_format(timezone.localtime(moment), "DATETIME_FORMAT"))
    return f"{words} UTC" if timezone.get_current_timezone_name() == "UTC" else words


@register.filter
def one_decimal(value: Decimal | int) -> str:
    """A figure with one decimal in the reader's notation."""
    return str(number_format(value, 1))


@register.filter
def two_decimals(value: Decimal | int) -> str:
    """A figure with two decimals in the reader's notation."""
    return str(number_format(value, 2))


@register.filter
def four_decimals(value: Decimal | int) -> str:
    """A figure with four decimals in the reader's notation."""
    return str(number_format(value, 4))


@register.filter
def signed(value: Decimal) -> str:
    """A difference with two decimals and its sign: "+0.01", "−0.02", "0.00"."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number_format(abs(value), 2)}"


@register.filter
def shift_words(strip: pairing.Strip, ahead: int = 0) -> str:
    """When the block is on a clock `ahead` minutes ahead of the employer's: "09:00–17:00"."""
    spans = ((start + ahead, end + ahead) for start, end in strip.shift)
    return ", ".join(f"{clock(start % 1440)}–{clock(end % 1440 or 1440)}" for start, end in spans)


@register.filter
def short_weekdays(weekdays: Iterable[int]) -> str:
    """Weekdays in a few signs: "Mon–Fri"."""
    return day_words(sorted(weekdays))


@register.simple_tag(takes_context=True)
def wage_sources(context: Context, wage: Wage) -> dict[str, str]:
    """Where each figure of a wage band comes from, as `wage_band` takes it; a source on the web is a link.

    On a page that is `mine` the profile is the reader's own.
    """
    profile = _("your profile") if context.get("mine") else _("the person's profile")
    known = {"offer": _("this vacancy"), "minimum": profile, "wish": profile}
    if wage.floor:
        known["floor"] = _source_words(wage.floor.row)
    if wage.market:
        known["market"] = _source_words(wage.market.low_row)
    return known


def _source_words(row: Any) -> str:
    words = _("%(source)s, %(day)s, reliability %(grade)s") % {
        "source": row.source,
        "day": as_of(row.as_of) if row.as_of else _("undated"),
        "grade": row.reliability,
    }
    if not row.source_ref.startswith(("https://", "http://")):
        return words
    return format_html(
        '{} · <a href="{}" rel="noreferrer noopener">{}</a>', words, row.source_ref, _("Read it there")
    )


@register.filter
def clock_changes(strip: pairing.Strip) -> list[dict[str, Any]]:
    """The other distances between both clocks in the contract, each with the weeks it holds for, by date."""
    return [
        {
            "ahead": change["ahead"],
            "label": ", ".join(days(first, last) for first, last in change["spans"][:SPANS]),
        }
        for change in strip.changes
    ]


@register.filter
def leads_to(line: StepLine) -> str:
    """What a step brings: "then rank 4, 2.1 points more"."""
    return steps.leads_to(line)


@register.simple_tag
def pay_offered(version: VacancyVersion, candidate: Candidate) -> SafeString:
    """The pay range that holds for this person: their country's own where the vacancy has one, else the general one."""
    own = next((row for row in version.countries.all() if row.country_id == candidate.country_id), None)
    if own is not None and own.pay_min is not None and own.pay_max is not None:
        return money_range(own.pay_min, own.pay_max, own.currency or version.pay_currency, version.pay_period)
    assert version.pay_min is not None
    assert version.pay_max is not None
    return money_range(version.pay_min, version.pay_max, version.pay_currency, version.pay_period)
