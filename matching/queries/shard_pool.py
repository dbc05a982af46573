"""The rows of one shard of a kept pool, by ranges of candidate ids."""

from datetime import date
from threading import Lock, Timer

from matching.engine import Pool
from matching.models import PoolVersion
from matching.queries.held_pool import in_hand
from matching.queries.known import known
from matching.queries.pool_files import pool_of

MOST_OPEN = 2
"""Kept pools that a process has open for shards: those of jobs that are under way side by side."""
IDLE_SECONDS = 120
"""They are let go of when no shard was asked for in so long."""

_lock = Lock()
_opened: dict[str, Pool] = {}
_letting_go: Timer | None = None


def shard_of(version: PoolVersion, number: int, of: int, today: date) -> Pool:
    """Rows of shard `number` (counted from 0) among `of`: ascending ids, each shard as large as any other but for one.

    The pool that this process holds serves when it is that version, as it mostly is; else the kept one is opened.
    Raises PoolGone, or CorruptSnapshot when stored bytes were altered.
    """
    pool = _pool(version, today)
    return pool.part(len(pool) * number // of, len(pool) * (number + 1) // of)


def let_go_of_opened() -> None:
    """Have no kept pool open any more."""
    with _lock:
        _opened.clear()


def _pool(version: PoolVersion, today: date) -> Pool:
    held = in_hand()
    if held is not None and held.pool.digest.hex() == version.digest:
        return held.pool
    with _lock:
        if version.digest not in _opened:
            fresh = known(today).pool
            if fresh.digest.hex() == version.digest:
                return fresh
            while len(_opened) >= MOST_OPEN:  # let go of the oldest before the new one takes its memory
                del _opened[next(iter(_opened))]
            _opened[version.digest] = pool_of(version)
        pool = _opened[version.digest] = _opened.pop(version.digest)  # the last one used stands last
        _let_go_when_idle()
        return pool


def _let_go_when_idle() -> None:
    global _letting_go
    if _letting_go is not None:
        _letting_go.cancel()
    _letting_go = Timer(IDLE_SECONDS, let_go_of_opened)
    _letting_go.daemon = True
    _letting_go.start()
