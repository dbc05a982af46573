"""What no browser sends is turned away before anybody has to think of it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class NoZeroByteMiddleware:
    """Answer 400 to an address with a zero byte in it: PostgreSQL holds none, so no row could ever be meant.

    Forms refuse them field by field; list filters, those of the administration among them, ask the database at once.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "\x00" in query or "%00" in query:
            raise BadRequest("zero byte in the address")
        return self.get_response(request)


class NothingAheadMiddleware:
    """Refuse what a browser fetches before anybody asked for it, from who has signed in: it asks again on the real visit.

    Some pages note that they were looked at, and tell the person whom they show; nobody has looked yet. To stand behind
    the middleware that says who it is.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ahead = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
        if ahead.strip().lower().startswith("prefetch") and request.user.is_authenticated:
            return HttpResponse(status=403, headers={"Cache-Control": "no-store"})
        return self.get_response(request)


class MethodPageMiddleware:
    """Give the bare refusal of a method (405) the words of a page. What has words of its own, an API's, keeps them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page
