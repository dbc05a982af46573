"""The rows of one shard of a kept pool, by ranges of candidate ids."""

from datetime import date
from threading import Lock

from matching.engine import Pool
from matching.models import PoolVersion
from matching.queries.known import known
from matching.queries.pool_files import pool_of

_lock = Lock()
_opened: tuple[str, Pool] | None = None


def shard_of(version: PoolVersion, number: int, of: int, today: date) -> Pool:
    """Rows of shard `number` (counted from 0) among `of`: ascending ids, each shard as large as any other but for one.

    The pool that this process holds serves when it is that version, as it mostly is; else the kept one is opened.
    Raises PoolGone, or CorruptSnapshot when stored bytes were altered.
    """
    pool = _pool(version, today)
    return pool.part(len(pool) * number // of, len(pool) * (number + 1) // of)


def _pool(version: PoolVersion, today: date) -> Pool:
    global _opened
    held = known(today).pool
    if held.digest.hex() == version.digest:
        return held
    with _lock:
        if _opened is None or _opened[0] != version.digest:
            _opened = None  # let go of the old pool before the new one takes its memory
            _opened = version.digest, pool_of(version)
        return _opened[1]
