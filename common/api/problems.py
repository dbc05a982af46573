"""Errors of the API as problem details (RFC 9457), in the language of the request."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.settings import api_settings

MEDIA_TYPE: Final = "application/problem+json"


class Kind(NamedTuple):
    """A kind of problem: its status, and what it is in a few words."""

    status: int
    title: str | Promise


KINDS: Final[Mapping[str, Kind]] = {
    "malformed": Kind(400, _("The request could not be read.")),
    "token": Kind(401, _("A valid token is needed.")),
    "forbidden": Kind(403, _("This token may not do that.")),
    "not-found": Kind(404, _("There is nothing here.")),
    "method": Kind(405, _("This method is not offered here.")),
    "not-acceptable": Kind(406, _("Only JSON is spoken here.")),
    "conflict": Kind(409, _("The state does not allow this step.")),
    "changed": Kind(412, _("It was changed meanwhile.")),
    "too-long": Kind(413, _("The request is too long.")),
    "media-type": Kind(415, _("The body has to be JSON.")),
    "invalid": Kind(422, _("Something in the request is wrong.")),
    "key-reused": Kind(422, _("This Idempotency-Key stood for another request.")),
    "if-match": Kind(428, _("An If-Match header is needed.")),
    "too-many": Kind(429, _("Too many requests.")),
    "failed": Kind(500, _("Something went wrong on our side.")),
}


class Problem(exceptions.APIException):
    """An error with a kind of `KINDS`, a sentence about this very request, and errors by place."""

    def __init__(
        self, kind: str, detail: str | Promise = "", *, errors: list[dict[str, str]] | None = None
    ) -> None:
        super().__init__(str(detail or KINDS[kind].title))
        self.kind = kind
        self.status_code = KINDS[kind].status
        self.errors = errors or []


def wrong_parameters(found: Mapping[str, Any]) -> Problem:
    """The problem of a query string: sentences by the name of the parameter."""
    errors = [{"parameter": name, "detail": str(one)} for name, many in found.items() for one in many]
    return Problem("invalid", errors=errors)


def wrong_fields(found: Any) -> Problem:
    """The problem of a body, from nested errors as serializers give them; places are JSON Pointers (RFC 6901)."""
    return Problem("invalid", errors=[{"pointer": at, "detail": say} for at, say in _flat(found, "")])


def _flat(found: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(found, Mapping):
        for name, inner in found.items():
            inside = at if name == api_settings.NON_FIELD_ERRORS_KEY else f"{at}/{_escaped(str(name))}"
            yield from _flat(inner, inside)
    elif isinstance(found, list):
        for index, inner in enumerate(found):
            yield from _flat(inner, at if isinstance(inner, str) else f"{at}/{index}")
    else:
        yield at, str(found)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


_KIND_OF: Final[tuple[tuple[type[Exception], str], ...]] = (
    (Http404, "not-found"),
    (PermissionDenied, "forbidden"),
    (RequestDataTooBig, "too-long"),
    (exceptions.ParseError, "malformed"),
    (exceptions.NotAuthenticated, "token"),
    (exceptions.AuthenticationFailed, "token"),
    (exceptions.PermissionDenied, "forbidden"),
    (exceptions.NotFound, "not-found"),
    (exceptions.MethodNotAllowed, "method"),
    (exceptions.NotAcceptable, "not-acceptable"),
    (exceptions.UnsupportedMediaType, "media-type"),
    (exceptions.Throttled, "too-many"),
)


def as_problem(error: Exception) -> Problem | None:
    """The problem that an exception stands for; None for what nobody foresaw."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, exceptions.ValidationError):
        return wrong_fields(as_serializer_error(error))
    for known, kind in _KIND_OF:
        if isinstance(error, known):
            says = error.detail if isinstance(error, exceptions.APIException) else ""
            return Problem(kind, str(says))
    return None


def body_of(problem: Problem) -> dict[str, Any]:
    """The members of RFC 9457, and `errors` where single places are wrong."""
    kind = KINDS[problem.kind]
    body: dict[str, Any] = {
        "type": f"{settings.SITE_ORIGIN}{reverse('api:docs')}#problem-{problem.kind}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(problem.detail),
    }
    return body | ({"errors": problem.errors} if problem.errors else {})


def answer(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The exception handler of the API. What nobody foresaw is left to the site's page for errors."""
    problem = as_problem(error)
    if problem is None:
        return None
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(max(1, math.ceil(error.wait)))  # type: ignore[attr-defined]
    return Response(body_of(problem), problem.status_code, headers=headers, content_type=MEDIA_TYPE)
