"""A few people as a pool, read again only after their own change."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock

from candidates.models import Candidate
from matching.engine import Pool
from matching.queries.known import DayFacts
from matching.queries.pool import read_pool

KEPT = 256
"""Small pools that a process keeps: those of the pages looked at last."""

Key = tuple[str, tuple[tuple[int, datetime], ...]]

_lock = Lock()
_pools: OrderedDict[Key, Pool] = OrderedDict()


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
    with _lock:
        if key in _pools:
            _pools.move_to_end(key)
            return _pools[key]
    pool = read_pool(facts.on, ids, facts.pay.rates)
    with _lock:
        _pools[key] = pool
        while len(_pools) > KEPT:
            _pools.popitem(last=False)
    return pool
