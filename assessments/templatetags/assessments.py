"""Items on a page: `{% load assessments %}`."""

from collections import Counter
from datetime import UTC
from typing import Any, NamedTuple

from django import template
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessments.engine.desk.script import Script
from assessments.models import IntegrityFlag, Measurement
from assessments.queries.accommodations import in_force
from assessments.queries.attempts import attempts_of
from assessments.rules.accommodations import Accommodations
from assessments.rules.integrity_words import words_of_flag, words_of_noted
from assessments.rules.meanings import level_words

register = template.Library()

GAP = "____"


@register.filter
def with_gap(prompt: str, language: str) -> SafeString:
    """A prompt whose gap is drawn as a line and read out as a word, in the item's own language."""
    with translation.override(language):
        word = _("blank")
    gap = format_html('<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', GAP, word)
    return format_html_join(gap, "{}", ((part,) for part in prompt.split(GAP)))


@register.filter
def count_of(counts: Counter[str], code: str) -> int:
    """How often a code was counted; 0 for one that never was."""
    return counts[code]


@register.simple_tag(takes_context=True)
def needs(context: dict[str, Any]) -> Accommodations:
    """The accommodations of whoever takes the test: as the view put them into the context, else read. None for visitors."""
    if "accommodations" in context:
        return context["accommodations"]
    candidate = getattr(context.get("request"), "candidate", None)
    return in_force(getattr(candidate, "accommodation", None))


@register.simple_tag(takes_context=True)
def read_first(context: dict[str, Any]) -> SafeString:
    """What makes the heading of a question or task the place where reading aloud begins, for whoever asked for it."""
    return mark_safe(' tabindex="-1" autofocus' if needs(context).screen_reader else "")  # noqa: S308


class Described(NamedTuple):
    """What a desk is called and about, and the code of the language that this is in."""

    title: str
    summary: str
    language: str


@register.simple_tag
def described(script: Script, language: str) -> Described:
    """A desk in the language of the page where its scenario has that, else in the desk's own `language`."""
    page = translation.get_language() or language
    found = script.described.get(page)
    return (
        Described(found.title, found.summary, page)
        if found
        else Described(script.title, script.summary, language)
    )


@register.inclusion_tag("assessments/_attempts.html")
def attempts(measurement: Measurement) -> dict[str, Any]:
    """All results of the same thing and which of them counts. One query."""
    today = timezone.now().astimezone(UTC).date()
    return {"attempts": attempts_of(measurement, today), "shown": measurement}


@register.filter
def level_in_words(measurement: Measurement) -> str:
    """The level of a result: "B2", or "2 of 3, working"."""
    return level_words(bool(measurement.language_id), measurement.level)


@register.filter
def flag_words(flag: IntegrityFlag) -> str:
    """What stood out, with its figures."""
    return words_of_flag(flag.reason, flag.facts)


@register.filter
def noted_words(noted: Counter[str]) -> str:
    """What the page noted, in a sentence."""
    return words_of_noted(noted)
