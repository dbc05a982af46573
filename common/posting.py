"""Addresses that only act: what somebody gets who comes there in any other way than by their button."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]


def acts_by_post(back: str, *, plain: bool = False, **fixed: Any) -> Callable[[View], View]:
    """Let POST through; whoever looks at the address is led back to the page that has its button.

    That happens on signing in again after a press, and on following the address from the browser's history. `back` is
    that page's name; it gets the view's own arguments, or `fixed` ones, or none when `plain`. To stand below the role's
    decorator, so that who may not act hears that first.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["POST"])
            messages.info(
                request, _("Nothing was done yet: that step needs a press on its button. You find it here.")
            )
            if plain:
                return HttpResponseRedirect(reverse(back))
            return HttpResponseRedirect(reverse(back, args=args, kwargs=fixed or kwargs))

        return guarded

    return decorate
