"""Error pages in the person's language. They stay useful when the database is down."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from common.api.problems import KINDS, MEDIA_TYPE, Problem, body_of


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be understood, or was too large."""
    return _to_program(request, "malformed") or render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person may not do this."""
    return _to_program(request, "forbidden") or render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing is here, or nothing that this person may see."""
    return _to_program(request, "not-found") or render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not sent from our page, or too long ago."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Rendered without context processors, since any of them may be what failed."""
    from django.template.loader import get_template

    if answer := _to_program(request, "failed"):
        return answer
    return HttpResponse(get_template("500.html").render(), status=500)


def _to_program(request: HttpRequest, kind: str) -> HttpResponse | None:
    """Programs read problem details, not pages; None for people."""
    if not request.path.startswith("/api/v"):
        return None
    return JsonResponse(body_of(Problem(kind)), status=KINDS[kind].status, content_type=MEDIA_TYPE)
