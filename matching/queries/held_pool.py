"""The pool that this process holds in memory, read again only when people or facts changed."""

from datetime import date, datetime
from threading import Lock

from matching.queries.freshness import Fingerprint, fingerprint
from matching.queries.pool import PoolReading, read_pool

_lock = Lock()
_held: tuple[Fingerprint, PoolReading] | None = None


def held_pool(on: date, now: datetime) -> tuple[Fingerprint, PoolReading]:
    """The pool of a day, and the fingerprint of what it was read from.

    The fingerprint is taken before the reading: a change in between leaves an older fingerprint on newer data,
    which costs one more ranking and never misses one.
    """
    global _held
    with _lock:
        found = fingerprint(on)
        if _held is None or _held[0] != found:
            _held = None
            _held = (found, read_pool(on, now))
        return _held
