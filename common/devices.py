"""Camera, microphone and the rest of a device: closed on every page, opened by a page that needs one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponseBase]

HEADER = "Permissions-Policy"
CLOSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")


def device_policy(*opened: str) -> str:
    """The header's value with some features open to this site itself, and the others closed."""
    return ", ".join(f"{feature}={'(self)' if feature in opened else '()'}" for feature in CLOSED)


class DevicePolicyMiddleware:
    """Close every feature on answers that say nothing about it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, device_policy())
        return response


def may_use(*features: str) -> Callable[[View], View]:
    """Let the page ask for some of the device's features, as "microphone"."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            response.headers[HEADER] = device_policy(*features)
            return response

        return opened

    return decorate
