"""The lists of the administration, below the queues of the desk: `{% load rooms %}`."""

from typing import Any, Final

from django import template
from django.contrib import admin
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from matching.engine.kept import Kept

register = template.Library()

KEPT: Final = 50
"""Pieces of pages, of some 10 kB each: one for each set of powers, in each language."""

_drawn: Kept[SafeString] = Kept(KEPT)


@register.simple_tag(takes_context=True)
def every_list(context: Context) -> SafeString:
    """Every list that somebody may open, by room, drawn once for all who may do the same; nothing where there is none."""
    request = context["request"]
    return _drawn.get(_powers(request), lambda _before: _draw(request))


def _powers(request: HttpRequest) -> tuple[Any, ...]:
    """All that the lists rest on: what the person may do, how things are called, and where the site begins."""
    user = request.user
    may = user.is_superuser or frozenset(user.get_all_permissions())
    return may, get_language(), get_script_prefix()


def _draw(request: HttpRequest) -> SafeString:
    return render_to_string("admin/app_list.html", {"app_list": list(admin.site.get_app_list(request))})
