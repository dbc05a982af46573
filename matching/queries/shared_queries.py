"""Compiled queries in the cache that all processes share, so that one compiles a vacancy and the others only fetch it.

A cache and nothing more: what is not there is compiled again, to the same query.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple, get_args, get_type_hints

from django.core.cache import cache
from redis.exceptions import RedisError

from matching.engine import VacancyQuery

logger = logging.getLogger(__name__)

KEPT_SECONDS: Final = 2 * 24 * 60 * 60
"""A day's facts hold for that day alone, and the next day's are compiled the evening before."""


class Key(NamedTuple):
    """A version, when it was published, and when the facts of its team last changed.

    Without the moment of publishing, a database restored from a backup would give a key a second time.
    """

    version_id: int
    frozen_at: datetime | None
    team_as_of: datetime


def fetch(fingerprint: str, wanted: Collection[Key]) -> dict[Key, VacancyQuery]:
    """Those of `wanted` that somebody compiled with these facts; one request to the cache. None without the cache."""
    names = {_name(fingerprint, key): key for key in wanted}
    try:
        return {names[name]: query for name, query in cache.get_many(names).items()}
    except RedisError as error:
        logger.warning("the cache does not answer: %s", error)
        return {}


def share(fingerprint: str, compiled: Mapping[Key, VacancyQuery]) -> None:
    """Let the other processes have these."""
    if not compiled:
        return
    try:
        cache.set_many({_name(fingerprint, key): query for key, query in compiled.items()}, KEPT_SECONDS)
    except RedisError as error:
        logger.warning("the cache does not answer: %s", error)


def _name(fingerprint: str, key: Key) -> str:
    moments = ":".join(str(moment and moment.timestamp()) for moment in (key.frozen_at, key.team_as_of))
    return f"query:{_SHAPE}:{fingerprint}:{key.version_id}:{moments}"


def _shape(kind: Any) -> str:
    """The names of all fields in and below a dataclass: a query written by other code than this is never read."""
    if not is_dataclass(kind):
        return "".join(_shape(part) for part in get_args(kind))
    hints = get_type_hints(kind)
    return "(" + ",".join(f"{one.name}{_shape(hints[one.name])}" for one in fields(kind)) + ")"


_SHAPE: Final = sha256(_shape(VacancyQuery).encode()).hexdigest()[:16]
