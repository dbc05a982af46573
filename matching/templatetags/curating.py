"""The rows of the curation screen: `{% load curating %}`."""

import re
from collections.abc import Iterable
from html import escape
from secrets import token_hex
from typing import Final

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.queries.curation import CurateRow
from matching.templatetags.matching import points
from reference.names import country_name

register = template.Library()

ROW: Final = "admin/matching/_curate_row.html"
TEXTS: Final = ("pk", "sent", "name", "country", "place", "rank", "score", "cells", "shown", "seen")
_MARK: Final = f"x{token_hex(8)}x"
"""Nobody's text, since nobody can guess it; it passes escaping and addresses as it is."""
_MARKED: Final = re.compile(f"{_MARK}({'|'.join(TEXTS)})x")


@register.simple_tag(takes_context=True)
def curate_rows(context: Context, rows: Iterable[CurateRow]) -> SafeString:
    """Everybody of a page. Rows about which nobody wrote anything differ in ten texts: they are drawn once and filled in."""
    refused = context["refused"].get("candidate")
    patterns: dict[bool, str] = {}
    drawn: list[str] = []
    for one in rows:
        texts, waits = _texts(one), one.row.waiting
        if one.row.entry or one.notes or one.open_words or texts["sent"] == refused:
            drawn.append(_drawn(context, texts, waits, one))
            continue
        if waits not in patterns:
            patterns[waits] = _pattern(context, waits)
        drawn.append(patterns[waits] % texts)
    return mark_safe("".join(drawn))  # noqa: S308


def _pattern(context: Context, waits: bool) -> str:
    """A row to be filled in with `%`."""
    marks = {name: SafeString(f"{_MARK}{name}x") for name in TEXTS}
    return _MARKED.sub(r"%(\1)s", _drawn(context, marks, waits).replace("%", "%%"))


def _drawn(
    context: Context, texts: dict[str, SafeString], waits: bool, one: CurateRow | None = None
) -> SafeString:
    own = {"entry": one.row.entry, "open_words": one.open_words, "notes": one.notes} if one else {}
    assert context.template is not None
    with context.push(texts=texts, waits=waits, **own):
        return context.template.engine.get_template(ROW).render(context)


def _texts(one: CurateRow) -> dict[str, SafeString]:
    """What differs between rows about which nobody wrote anything, as it stands in the page."""
    row, person = one.row, one.row.candidate
    lists = ngettext("here and on %(n)s other list", "here and on %(n)s other lists", one.elsewhere)
    shown = lists % {"n": one.elsewhere} if one.elsewhere else _("only here")
    texts = {
        "pk": str(person.pk),
        "sent": str(person.public_id),
        "name": person.short_name,
        "country": escape(country_name(person.country_id or "")),
        "place": str(row.place),
        "rank": "–" if row.rank is None else str(row.rank),
        "score": points(row.score),
        "cells": "".join(
            f'<td class="num part" data-label="{escape(label)}">{points(share)}</td>'
            for label, share in one.parts
        ),
        "shown": escape(row.waiting_reason if row.waiting else shown),
        "seen": str(one.seen),
    }
    return {name: SafeString(text) for name, text in texts.items()}
