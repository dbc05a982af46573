"""What holds for every page: own language and clock, a second factor for staff, and no form lost without a word."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.rules.time_zones import clock_of
from accounts.typed import author_of, keep, remember_author

GetResponse = Callable[[HttpRequest], HttpResponseBase]

WITHOUT_MFA = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
        "set_language",
        "common:set_theme",
        "healthz",
        "readyz",
    }
)


class PersonalSettingsMiddleware:
    """Answer in the signed-in person's language and on their clock; visitors keep what their browser asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
            timezone.activate(clock_of(request.user.time_zone))
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


class StaffNeedMFAMiddleware:
    """Send staff without a second factor to its set-up, whatever page they ask for. Relaxed in the demo only."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Decide once the address is known, so that exceptions are named and not spelled as paths."""
        if settings.DEMO or not request.user.is_authenticated or not request.user.is_staff:
            return None
        if request.resolver_match and request.resolver_match.view_name in WITHOUT_MFA:
            return None
        return None if is_mfa_enabled(request.user) else redirect("mfa_index")


class KeepTypedMiddleware:
    """Before a form sent without a session turns into a sign-in page, keep what was typed, or say that it is gone.

    Stands above the middleware that asks for the sign-in, and below the one that checks the form's token.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.user.is_authenticated:
            remember_author(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]) -> None:
        """Only what is sent to a page behind the door, by somebody outside of it."""
        if request.method != "POST" or request.user.is_authenticated:
            return
        if not getattr(view, "login_required", True):
            return
        author = author_of(request)
        if author is not None and keep(request, author=author, path=request.path):
            words = _(
                "You were signed out before this could be saved. Sign in, and you find what you typed in the form again."
            )
        else:
            words = _("You were signed out, so nothing was saved. Sign in and do it once more.")
        messages.warning(request, words)
