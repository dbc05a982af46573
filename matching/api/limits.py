"""How much one caller may ask of the bench, and how long a question may be."""

import json
import logging
from collections.abc import Mapping
from typing import IO, Any

from redis.exceptions import RedisError
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

MOST_BYTES = 64_000
log = logging.getLogger(__name__)


class PreviewThrottle(UserRateThrottle):
    """For each user, page and API together. Without the store that counts, nobody is turned away."""

    scope = "what_if"
    rate = "120/min"

    def allow_request(self, request: Any, view: APIView | None) -> bool:
        """Whether this one may still be answered; counts it."""
        try:
            return bool(super().allow_request(request, view))  # type: ignore[arg-type]
        except RedisError as error:
            log.warning("previews are not counted: %s", error)
            return True


class TooLong(APIException):
    """The body is longer than any vacancy."""

    status_code = 413
    default_detail = f"A vacancy is described in at most {MOST_BYTES} bytes."
    default_code = "too_long"


class BoundedJSONParser(JSONParser):
    """JSON of a bounded length, without NaN and infinity, nested no deeper than Python can follow."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value. Raises ParseError or TooLong."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLong
        try:
            return json.loads(body, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"This is no JSON that can be read: {error}") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
