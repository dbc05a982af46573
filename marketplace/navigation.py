"""What every page needs around its content: the menu of the person's role and the demo mark."""

from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

ALSO_UNDER: Final = {"employers:company": ("employers:members", "employers:tokens", "employers:webhooks")}
"""Pages that belong to an entry of the menu and stand at another address."""


class NavigationEntry(NamedTuple):
    """One line of the menu; `current` marks the page shown or one below it."""

    label: str
    url: str
    current: bool


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context for `base.html`: `navigation` (evaluated when used) and `demo`."""
    return {"navigation": SimpleLazyObject(lambda: _entries(request)), "demo": settings.DEMO}


def _entries(request: HttpRequest) -> list[NavigationEntry]:
    return [
        NavigationEntry(label, reverse(name), request.path.startswith(_part(name)))
        for label, name in _menu(request)
    ]


def _part(name: str) -> tuple[str, ...]:
    """Where the addresses of an entry begin: the company's pages have more than one beginning."""
    return tuple(map(reverse, (name, *ALSO_UNDER.get(name, ()))))


def _menu(request: HttpRequest) -> list[tuple[str, str]]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return [
            (_("Open vacancies"), "vacancies:jobs"),
            (_("How matching works"), "placements:how_matching_works"),
        ]
    menu = [] if user.is_staff else [(_("Home"), "home")]
    # Nobody is both; whose page it is, is known already.
    looks_for_work = getattr(request, "candidate", None)
    hires = (
        None if looks_for_work else getattr(request, "membership", None) or getattr(user, "membership", None)
    )
    if looks_for_work or (not hires and getattr(user, "candidate", None)):
        menu += [
            (_("Profile"), "candidates:profile"),
            (_("Tests"), "assessments:overview"),
            (_("Matches"), "placements:matches"),
            (_("Applications"), "placements:my_applications"),
        ]
    if hires:
        menu += [
            (_("Vacancies"), "vacancies:list"),
            (_("Applications"), "placements:all_applications"),
            (_("Company"), "employers:company"),
        ]
    if user.is_staff:
        menu += [(_("Administration"), "admin:index")]
    return menu
