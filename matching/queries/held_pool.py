"""The pool that this process holds, brought up to date by the log of changes instead of read anew.

Where it comes from, in this order: what is held already, the newest folder on this host, the newest state that
PostgreSQL keeps, everybody's rows. Whatever it comes from, the log then says who changed since.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from threading import Lock

import numpy as np
from django.db.models import Count, Max, Q

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
FARTHEST = 10
"""A pool in which more than one person in so many moved is no delta any more, and who moved need not be remembered."""


@dataclass(frozen=True, slots=True)
class Parent:
    """A pool that is kept somewhere, by its digest (hex), and the people in whom another may differ from it."""

    digest: str
    moved: frozenset[int] = frozenset()

    def and_moved(self, people: Iterable[int]) -> "Parent":
        """The same for a pool in which these people may differ too."""
        return replace(self, moved=self.moved.union(people))


@dataclass(frozen=True, slots=True)
class HeldPool:
    """A pool, what it was read with, and what it grew from.

    `own`: people whom the reader's own transaction had changed; they are read again, as that may be taken back.
    `folder` is the pool on disk that it grew from, and `folder_seen` the xmin of that one's moment; `stored` the one in
    PostgreSQL. Each is None when there is none, as when it was just read. Writing a folder leaves `stored` as it is.
    """

    pool: Pool
    on: date
    basis: str
    moment: Moment
    own: frozenset[int]
    folder: Parent | None = None
    folder_seen: int = 0
    stored: Parent | None = None

    def in_folder(self, pool: Pool, digest: str) -> "HeldPool":
        """The same by memory map of the folder with that digest: what follows grows from it."""
        return replace(self, pool=pool, folder=Parent(digest), folder_seen=self.moment.xmin)

    def grown_like(self, other: "HeldPool") -> "HeldPool":
        """The same as a delta to what another pool, held before it, grew from in PostgreSQL."""
        if other.stored is None:
            return self
        return replace(self, stored=other.stored.and_moved(who_differs(self.pool, other.pool)))


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
    """Note that PostgreSQL keeps a held pool under that digest, so that the next one kept is a delta to it."""
    global _in_hand
    with _hand:
        if _in_hand is not None and _in_hand.pool is held.pool:
            _in_hand = replace(_in_hand, stored=Parent(digest))


def basis_of(rates: RateTable) -> str:
    """What the pool's columns rest on besides people and the day: engine, time zones, loaded facts and rates."""
    loaded = FactsVersion.objects.aggregate(last=Max("pk"), number=Count("pk"))
    units = sorted((code, str(rate.units_per_eur)) for code, rate in rates.rates.items())
    parts = (ENGINE_VERSION, SNAPSHOT_FORMAT, tz_version(), loaded["last"], loaded["number"], units)
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
    pool = held.pool.changed(rows, changed.difference(rows.candidate_id.tolist()))
    stored = held.stored and held.stored.and_moved(changed)
    if stored and len(stored.moved) > max(FEWEST, len(pool) // FARTHEST):
        stored = None
    return HeldPool(
        pool,
        on,
        held.basis,
        log.now,
        frozenset(log.own),
        held.folder and held.folder.and_moved(changed),
        held.folder_seen,
        stored,
    )


def who_differs(one: Pool, other: Pool) -> list[int]:
    """Ids of the people who are in one of two pools only, or not the same in both."""
    _ids, here, there = np.intersect1d(
        one.candidate_id, other.candidate_id, assume_unique=True, return_indices=True
    )
    differ = (one.row_digests[here] != other.row_digests[there]).any(axis=1)
    only_in_one = np.setxor1d(one.candidate_id, other.candidate_id, assume_unique=True)
    return [*one.candidate_id[here[differ]].tolist(), *only_in_one.tolist()]


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
