"""The lists of the administration, which stand beside every page of it: `{% load rooms %}`."""

from typing import Any, Final, NamedTuple
from urllib.parse import quote

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

KEPT: Final = 500
"""Pieces of pages, of some 10 kB each: one for each list that somebody is at, by what they may do."""


class Lists(NamedTuple):
    """What somebody may open: the lists by room as Django gives them, and the addresses of both."""

    rooms: list[dict[str, Any]]
    addresses: tuple[str, ...]


_lists: Kept[Lists] = Kept(50)
_drawn: Kept[SafeString] = Kept(KEPT)


@register.simple_tag(takes_context=True)
def every_list(context: Context, piece: str) -> SafeString:
    """A piece of Django's own that shows every list, drawn once for all who may do the same and are at the same list."""
    request = context["request"]
    who = _powers(request)
    lists = _lists.get(who, lambda _before: _read(request))
    path = quote(request.path)
    here = tuple(address for address in lists.addresses if address in path)
    return _drawn.get((who, piece, here), lambda _before: _draw(piece, lists, request))


def _powers(request: HttpRequest) -> tuple[Any, ...]:
    """All that the lists rest on: what the person may do, how things are called, and where the site begins."""
    user = request.user
    may = user.is_superuser or frozenset(user.get_all_permissions())
    return may, get_language(), get_script_prefix()


def _read(request: HttpRequest) -> Lists:
    rooms = list(admin.site.get_app_list(request))
    addresses = [room["app_url"] for room in rooms]
    addresses += [one["admin_url"] for room in rooms for one in room["models"] if one["admin_url"]]
    return Lists(rooms, tuple(addresses))


def _draw(piece: str, lists: Lists, request: HttpRequest) -> SafeString:
    context = {"available_apps": lists.rooms, "app_list": lists.rooms, "show_changelinks": True}
    return render_to_string(piece, {**context, "request": request})
