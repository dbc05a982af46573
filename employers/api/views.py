"""What every address of an employer's API does before and after its own work."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from common.api.bodies import MOST_BYTES, BoundedJSONParser, too_long
from common.api.etags import etag_of, is_known
from common.api.problems import Problem
from employers.actions.api_calls import begin_call, finish_call
from employers.actions.errors import KeyReused
from employers.api.access import TokenAuthentication, TokenMay, TokenThrottle, turn_away_strangers
from employers.models import ApiToken, Employer

KEY_HEADER: Final = "Idempotency-Key"
KEY_LENGTH: Final = 200
KEPT_HEADERS: Final = ("Location", "ETag")
Handler = Callable[..., Response]


class EmployerView(APIView):
    """An address for an employer's own systems.

    `scopes` says by method which scope it takes, `editors` which scopes take a member who may edit, beside those that
    write, `rate` how it is counted when it is not by reading and writing.
    """

    authentication_classes = [TokenAuthentication]
    permission_classes = [TokenMay]
    throttle_classes = [TokenThrottle]
    parser_classes = [BoundedJSONParser]
    http_method_names = ["get", "head", "post", "patch", "put", "delete"]
    scopes: Mapping[str, str] = {}
    editors: frozenset[str] = frozenset()
    rate = ""

    @property
    def token(self) -> ApiToken:
        """The token that calls."""
        return cast(ApiToken, self.request.auth)

    @property
    def employer(self) -> Employer:
        """The employer that the token belongs to. Nothing of any other one is ever looked at."""
        return self.token.membership.employer

    def rate_of(self, request: Request) -> str:
        """Under which name of API_RATES this request is counted."""
        return self.rate or ("read" if request.method in ("GET", "HEAD") else "write")

    def get_throttles(self) -> list[BaseThrottle]:
        """The same ones before and after, so that the answer can say what is left."""
        if not hasattr(self, "_throttles"):
            self._throttles = super().get_throttles()
        return self._throttles

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A body that is too long is refused before it is read, and a stranger who asks again and again gets no answer."""
        try:
            super().initial(request, *args, **kwargs)
        except (AuthenticationFailed, NotAuthenticated):
            turn_away_strangers(request)
            raise
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise too_long()

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Limits, entity tag and who may keep a copy."""
        response = super().finalize_response(request, response, *args, **kwargs)
        for throttle in getattr(self, "_throttles", ()):
            if isinstance(throttle, TokenThrottle):
                for name, value in throttle.headers().items():
                    response.headers[name] = value
        response.headers["Cache-Control"] = "private, no-cache"
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            etag = etag_of(response.data)
            response.headers["ETag"] = etag
            if is_known(request, etag):
                response.status_code, response.data = 304, None
        return response


def once(handler: Handler) -> Handler:
    """For a method that changes something: with an Idempotency-Key the same request has its effect once, and the same answer.

    Effect and answer are one transaction. What was refused changed nothing and does not use the key up.
    """

    @wraps(handler)
    def answered(self: EmployerView, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(KEY_HEADER)
        if key is None:
            return handler(self, request, *args, **kwargs)
        if not 0 < len(key) <= KEY_LENGTH or not key.isascii() or not key.isprintable():
            raise Problem(
                "malformed",
                _("An Idempotency-Key is 1 to %(most)s printable characters.") % {"most": KEY_LENGTH},
            )
        digest = _digest(request)
        try:
            with transaction.atomic():
                now = timezone.now()
                call, is_new = begin_call(token=self.token, key=key, request_digest=digest, now=now)
                if not is_new:
                    return _again(call.status or 200, call.headers, call.body)
                response = handler(self, request, *args, **kwargs)
                kept = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
                body = JSONRenderer().render(response.data).decode()
                finish_call(call=call, status=response.status_code, headers=kept, body=body)
                return response
        except KeyReused as error:
            raise Problem("key-reused", _("Use a new key for a new request.")) from error

    return answered


def _digest(request: Request) -> str:
    whole = f"{request.method} {request.get_full_path()}\n".encode() + request._request.body
    return hashlib.sha256(whole).hexdigest()


def _again(status: int, headers: Mapping[str, str], body: str) -> Response:
    answer = Response(json.loads(body) if body else None, status, headers=dict(headers))
    answer.headers["Idempotency-Replayed"] = "true"
    return answer
