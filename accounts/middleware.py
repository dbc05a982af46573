"""What holds for every page of a signed-in person: own language and clock, and a second factor for staff."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation

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
            timezone.activate(_zone(request.user.time_zone))
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


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
