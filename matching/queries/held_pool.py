"""The pool that this process holds, brought up to date by the log of changes instead of read anew.

Where it comes from, in this order: what is held already, the newest folder on this host, the newest state that
PostgreSQL keeps, everybody's rows. Whatever it comes from, the log then says who changed since.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from threading import Lock

from django.db.models import Max, Q

from assessments.models import Measurement
from matching.engine import ENGINE_VERSION, Pool, tz_version
from matching.engine.version import SNAPSHOT_FORMAT
from matching.queries.changes import Log, LogCut, Moment, log_since, moment, own_changes
from matching.queries.pool import read_pool
from matching.queries.pool_copy import one_snapshot
from reference.models import FactsVersion
from reference.rules.rates import RateTable

LARGEST_REFRESH = 20
"""Reading everybody anew is quicker than refreshing more than one person in so many."""
FEWEST = 1000


@dataclass(frozen=True, slots=True)
class HeldPool:
    """A pool, what it was read with, and what it grew from.

    `own`: people whom the reader's own transaction had changed; they are read again, as that may be taken back.
    `parent` is the digest (hex) of the pool on disk or in PostgreSQL that it grew from, empty when it was just read;
    `moved` are the people who may differ from that one, `parent_seen` the xmin of its moment.
    """

    pool: Pool
    on: date
    basis: str
    moment: Moment
    own: frozenset[int]
    parent: str = ""
    moved: frozenset[int] = frozenset()
    parent_seen: int = 0

    def as_parent(self, digest: str) -> "HeldPool":
        """The same, kept under that digest: what follows grows from it."""
        return replace(self, parent=digest, moved=frozenset(), parent_seen=self.moment.xmin)


_in_hand: HeldPool | None = None
_hand = Lock()


def in_hand() -> HeldPool | None:
    """What this process holds."""
    return _in_hand


def hold(held: HeldPool) -> HeldPool:
    """Hold that from now on."""
    global _in_hand
    with _hand:
        _in_hand = held
    return held


def let_go() -> None:
    """Hold nothing, as a fresh process does."""
    global _in_hand
    _in_hand = None


def grown_from(held: HeldPool, digest: str) -> None:
    """Note that a held pool is kept under that digest, so that the next one kept is a delta to it."""
    global _in_hand
    with _hand:
        if _in_hand is not None and _in_hand.pool is held.pool:
            _in_hand = _in_hand.as_parent(digest)


def basis_of(rates: RateTable) -> str:
    """What the pool's columns rest on besides people and the day: engine, time zones, loaded facts and rates."""
    loaded = FactsVersion.objects.aggregate(Max("pk"))["pk__max"]
    units = sorted((code, str(rate.units_per_eur)) for code, rate in rates.rates.items())
    parts = (ENGINE_VERSION, SNAPSHOT_FORMAT, tz_version(), loaded, units)
    return sha256(repr(parts).encode()).hexdigest()


def read_anew(on: date, rates: RateTable, basis: str) -> HeldPool:
    """Everybody's rows, in one snapshot."""
    with one_snapshot():
        now, _mine = moment()
        own = frozenset(own_changes())
        return HeldPool(read_pool(on, None, rates), on, basis, now, own)


def refreshed(held: HeldPool, on: date, rates: RateTable) -> HeldPool:
    """The held pool with everybody who changed since, on a day. Raises LogCut when it has to be read anew."""
    with one_snapshot():
        log = log_since(held.moment)
        changed = {*log.changed, *held.own, *measured_between(held.on, on)}
        if not changed:
            return replace(held, on=on, moment=log.now, own=frozenset())
        if not len(held.pool) or (len(changed) > FEWEST and len(changed) * LARGEST_REFRESH > len(held.pool)):
            raise LogCut
        rows = read_pool(on, changed, rates)
    return _with(held, on, log, rows, changed)


def _with(held: HeldPool, on: date, log: Log, rows: Pool, changed: set[int]) -> HeldPool:
    return HeldPool(
        held.pool.changed(rows, changed.difference(rows.candidate_id.tolist())),
        on,
        held.basis,
        log.now,
        frozenset(log.own),
        held.parent,
        held.moved | changed if held.parent else frozenset(),
        held.parent_seen,
    )


def measured_between(before: date, on: date) -> Iterable[int]:
    """Candidates of whom some measurement stands on one of two days and not on the other."""
    if before == on:
        return ()
    first, last = sorted((before, on))
    starts = Q(measured_on__gt=first, measured_on__lte=last)
    ends = Q(expires_on__gte=first, expires_on__lt=last)
    return (
        Measurement.objects.filter(starts | ends, revoked_at=None)
        .values_list("candidate_id", flat=True)
        .distinct()
    )
