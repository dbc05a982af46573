"""Answers kept for a moment, so that a page that many look at asks the database once."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
Held = TypeVar("Held")


def remembered(key: str, seconds: int, read: Callable[[], Held]) -> Held:
    """What `read` returned for `key` in the last `seconds`. Without the cache it is read each time: slower, never wrong.

    The key holds everything that the answer depends on, the version of what was read included.
    """
    try:
        found: Held | None = cache.get(key)
    except RedisError as error:
        logger.warning("the cache does not answer: %s", error)
        return read()
    if found is not None:
        return found
    found = read()
    try:
        cache.set(key, found, seconds)
    except RedisError as error:
        logger.warning("the cache does not answer: %s", error)
    return found
