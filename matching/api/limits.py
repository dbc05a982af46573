"""How much one person may ask of the bench."""

import logging
from typing import Any

from redis.exceptions import RedisError
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

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
