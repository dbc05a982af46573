"""Flags and notes in words, the same for the person and for whoever looks."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.enums import FlagReason


def words_of_flag(reason: str, facts: Mapping[str, float]) -> str:
    """What stood out, with its figures."""
    if reason == FlagReason.QUICK_RIGHT:
        return _(
            "%(quick)s of %(answered)s answers were right and came sooner than their question can be read."
        ) % {"quick": facts["quick_right"], "answered": facts["answered"]}
    if reason == FlagReason.NOT_CONFIRMED:
        return _(
            "The confirmation test found %(difference)s logits less; up to %(allowed)s can be chance."
        ) % {name: number_format(value, 2) for name, value in facts.items()}
    return _(
        "Easy questions were answered wrong and hard ones right more often than usual (figure %(fit)s, limit %(limit)s)."
    ) % {name: number_format(value, 2) for name, value in facts.items()}


def words_of_noted(noted: Mapping[str, int]) -> str:
    """What the page noted in a session; facts, no judgement."""
    parts = []
    if left := noted.get("left", 0):
        parts.append(ngettext("page left %(n)s time", "page left %(n)s times", left) % {"n": left})
    if away := noted.get("away_seconds", 0):
        parts.append(ngettext("%(n)s second away", "%(n)s seconds away", away) % {"n": away})
    if copied := noted.get("copied", 0):
        parts.append(ngettext("text copied %(n)s time", "text copied %(n)s times", copied) % {"n": copied})
    if pasted := noted.get("pasted", 0):
        parts.append(ngettext("text pasted %(n)s time", "text pasted %(n)s times", pasted) % {"n": pasted})
    return ", ".join(parts) if parts else _("nothing")
