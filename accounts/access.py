"""What views know about who asks."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from accounts.models import User


class SignedInRequest(HttpRequest):
    """For annotations: the request of a view that nobody reaches without signing in."""

    user: "User"
    htmx: "HtmxDetails"
