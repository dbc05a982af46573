"""A few people as a pool, read again only after their own change."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock

import numpy as np

from candidates.models import Candidate
from matching.engine import Pool
from matching.queries.known import DayFacts
from matching.queries.pool import read_pool

KEPT = 256
"""Small pools that a process keeps: those of the pages looked at last."""

Key = tuple[str, tuple[tuple[int, datetime], ...]]

_lock = Lock()
_pools: OrderedDict[Key, Pool] = OrderedDict()
_of_one: dict[tuple[str, int, datetime], Key] = {}
"""The pool read last of those that hold somebody: who is looked at alone stood on a list a moment ago."""


def pool_of_few(
    candidates: Iterable[int], facts: DayFacts, moments: Mapping[int, datetime] | None = None
) -> Pool:
    """The pool of some people on the day of `facts`; one query when it is held already, none with their `moments`.

    Whatever matching reads of a person moves their `changed_at`, and the day and the exchange rates stand in the
    fingerprint of the facts, so a held pool is what would be read. The moment is taken before the reading: a change in
    between costs one more reading, and never hides.
    """
    ids = sorted(candidates)
    if moments is None:
        moments = dict(Candidate.objects.filter(pk__in=ids).values_list("pk", "changed_at"))
    key = (facts.fingerprint, tuple(sorted(moments.items())))
    if (held := _held(key)) is not None:
        return held
    pool = read_pool(facts.on, ids, facts.pay.rates)
    with _lock:
        _pools[key] = pool
        _of_one.update(((facts.fingerprint, *one), key) for one in key[1])
        while len(_pools) > KEPT:
            gone, _pool = _pools.popitem(last=False)
            for one in gone[1]:
                if _of_one.get((gone[0], *one)) == gone:
                    del _of_one[gone[0], *one]
    return pool


def _held(key: Key) -> Pool | None:
    """A pool that was read before: of the same people, or of more, if it is one person's."""
    fingerprint, people = key
    with _lock:
        if key not in _pools and len(people) == 1:
            key = _of_one.get((fingerprint, *people[0]), key)
        if key not in _pools:
            return None
        _pools.move_to_end(key)
        pool = _pools[key]
    if key[1] == people:
        return pool
    return pool.take(np.flatnonzero(pool.candidate_id == people[0][0]))
