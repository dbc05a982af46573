"""Pools in PostgreSQL, byte for byte: what every ranking was made from, and what other hosts open.

A version is a base (the whole snapshot folder) or a delta (the people who differ from its parent). Both are stored as
a compressed archive, cut into rows. Equal pools are one version, whoever keeps them.
"""

import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from gzip import GzipFile
from io import BufferedReader, RawIOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from django.db import transaction

from matching.engine import CorruptSnapshot, Pool
from matching.models import PoolChunk, PoolVersion
from matching.queries.changes import Moment
from matching.queries.held_pool import HeldPool, Parent, grown_from
from matching.queries.pool_folders import folder_of, folder_on_host

CHUNK_BYTES = 4 << 20
LONGEST_CHAIN = 500
"""Deltas on top of one base."""
SMALLEST_SHARE = 10
"""A new base is due when the deltas together change more than one person in so many."""
BASE_DAYS = 7
"""A base serves as many days, so that old people's facts do not live on in it."""
SNAPSHOT = "pool"

Codes = npt.NDArray[Any]


class PoolGone(Exception):
    """The content of that version was deleted for its age."""


@transaction.atomic
def keep(held: HeldPool, *, now: datetime) -> PoolVersion:
    """The version of a held pool, stored the first time anybody asks for it; a delta where that is enough."""
    digest = held.pool.digest.hex()
    if found := PoolVersion.objects.filter(digest=digest, emptied_at=None).first():
        transaction.on_commit(partial(grown_from, held, digest))
        return found
    parent, moved = _parent(held, now)
    facts: dict[str, Any] = {
        "on": held.on,
        "made_at": now,
        "emptied_at": None,
        "seen": held.moment.xmin,
        "snapshot": held.moment.snapshot,
        "database": held.moment.database,
        "basis": held.basis,
        "people": len(held.pool),
        "gone": [],
    }
    rows = held.pool
    if parent:
        rows, facts["gone"] = _difference(held.pool, moved)
        facts |= {"parent": parent, "base": parent.base or parent, "depth": parent.depth + 1}
        facts["changed"] = parent.changed + len(moved)
    version, made = PoolVersion.objects.get_or_create(digest=digest, defaults=facts)
    if made:
        _store(version, rows)
    elif version.emptied_at:
        _fill_again(version, held.pool, facts)
    transaction.on_commit(partial(grown_from, held, digest))
    return version


def pool_of(version: PoolVersion) -> Pool:
    """The pool of a version, exactly as it was. Raises PoolGone, or CorruptSnapshot when stored bytes were altered."""
    if version.emptied_at:
        raise PoolGone
    chain = _chain(version)
    pool = folder_of(chain[0].digest) or _content(chain[0])
    if len(chain) > 1:
        rows, gone = _content(chain[1]), set(chain[1].gone)
        for delta in chain[2:]:
            newer = _content(delta)
            rows = rows.changed(newer, delta.gone)
            gone = (gone - set(newer.candidate_id.tolist())) | set(delta.gone)
        pool = pool.changed(rows, gone)
    if pool.digest.hex() != version.digest:
        raise CorruptSnapshot(f"the state {version} of the pool does not have its digest")
    return pool


def newest_version(basis: str, database: str) -> HeldPool | None:
    """The pool of the newest version that was read from this database with these facts, or None."""
    version = (
        PoolVersion.objects.filter(basis=basis, database=database, emptied_at=None)
        .exclude(snapshot="")
        .order_by("-seen", "-pk")
        .first()
    )
    if version is None:
        return None
    try:
        pool = pool_of(version)
    except (CorruptSnapshot, PoolGone):
        return None
    seen = Moment(version.seen, version.snapshot, version.database)
    return HeldPool(pool, version.on, basis, seen, frozenset(), stored=Parent(version.digest))


def _parent(held: HeldPool, now: datetime) -> tuple[PoolVersion | None, frozenset[int]]:
    """The version that a held pool is a small enough delta to, if any, and the people in whom it may differ."""
    for grew in (held.stored, held.folder):
        versions = PoolVersion.objects.select_related("base").filter(emptied_at=None)
        if grew and (parent := versions.filter(digest=grew.digest).first()):
            base = parent.base or parent
            young = now - base.made_at < timedelta(days=BASE_DAYS)
            small = (parent.changed + len(grew.moved)) * SMALLEST_SHARE <= max(len(held.pool), 1000)
            return (parent if young and small and parent.depth < LONGEST_CHAIN else None), grew.moved
    return None, frozenset()


def _difference(pool: Pool, people: frozenset[int]) -> tuple[Pool, list[int]]:
    """Those of some people who are in a pool, as they are there, and those who are not."""
    ids, moved = pool.candidate_id, np.array(sorted(people), dtype=np.int64)
    rows = np.searchsorted(ids, moved)
    there = ids[np.minimum(rows, len(ids) - 1)] == moved if len(ids) else np.zeros(len(moved), dtype=np.bool_)
    return _in_few_entries(pool.take(rows[there])), moved[~there].tolist()


def _in_few_entries(pool: Pool) -> Pool:
    """The same pool with dictionaries of only what its people use: a shard has everybody's."""
    weeks, week = _used(pool.availability_code, pool.preferred_code)
    places, place = _used(pool.place_code)
    zones, zone = _used(pool.zone_code)
    return replace(
        pool,
        week_masks=pool.week_masks[weeks],
        availability_code=week(pool.availability_code),
        preferred_code=week(pool.preferred_code),
        places=tuple(pool.places[code] for code in places),
        place_code=place(pool.place_code),
        zones=tuple(pool.zones[code] for code in zones),
        zone_code=zone(pool.zone_code),
    )


def _used(*columns: Codes) -> tuple[Codes, Callable[[Codes], Codes]]:
    """The codes that stand in some columns, ascending, and how to number them anew; -1 stays."""
    used = np.unique(np.concatenate(columns))
    used = used[used >= 0]
    return used, lambda column: np.where(column < 0, column, np.searchsorted(used, column)).astype(
        column.dtype
    )


def _chain(version: PoolVersion) -> list[PoolVersion]:
    """The base and every delta up to the version."""
    if version.base_id is None:
        return [version]
    family = {one.pk: one for one in PoolVersion.objects.filter(base=version.base_id)}
    chain = [version]
    while chain[-1].parent_id != version.base_id:
        chain.append(family[cast(int, chain[-1].parent_id)])
    assert version.base is not None
    return [version.base, *reversed(chain)]


def _fill_again(version: PoolVersion, pool: Pool, facts: dict[str, Any]) -> None:
    """Give an emptied version its content back, as a base: the same pool has come up again."""
    facts |= {"parent": None, "base": None, "depth": 0, "changed": 0, "gone": []}
    PoolVersion.objects.filter(pk=version.pk).update(**facts)
    version.refresh_from_db()
    _store(version, pool)


def _store(version: PoolVersion, pool: Pool) -> None:
    with (
        _written(pool) as folder,
        _Chunks(version) as chunks,
        GzipFile(fileobj=chunks, mode="wb", compresslevel=1, mtime=0) as packed,
        tarfile.open(mode="w|", fileobj=packed) as archive,
    ):
        for path in sorted(folder.iterdir()):
            archive.add(path, arcname=path.name, filter=_nameless)


@contextmanager
def _written(pool: Pool) -> Iterator[Path]:
    """The pool's snapshot folder: this host's when it has one, else one for the time being."""
    if folder := folder_on_host(pool.digest.hex()):
        yield folder
        return
    with TemporaryDirectory(prefix="pool-") as room:
        pool.save(Path(room) / SNAPSHOT)
        yield Path(room) / SNAPSHOT


def _content(version: PoolVersion) -> Pool:
    if version.emptied_at:
        raise PoolGone
    with TemporaryDirectory(prefix="pool-") as room:
        folder = Path(room) / SNAPSHOT
        try:
            with (
                GzipFile(fileobj=BufferedReader(_Pieces(version))) as packed,
                tarfile.open(mode="r|", fileobj=packed) as archive,
            ):
                archive.extractall(folder, filter="data")
                packed.read()  # to the end, where the checksum stands
        except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
            raise CorruptSnapshot(f"the state {version} of the pool: {error}") from error
        return Pool.open(folder)


def _nameless(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry


class _Chunks(RawIOBase):
    """A file whose bytes become the chunks of a version."""

    def __init__(self, version: PoolVersion) -> None:
        self._version, self._number, self._held = version, 0, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        while len(self._held) >= CHUNK_BYTES:
            self._put(CHUNK_BYTES)
        return len(data)

    def close(self) -> None:
        if not self.closed and self._held:
            self._put(len(self._held))
        super().close()

    def _put(self, size: int) -> None:
        content = bytes(self._held[:size])
        PoolChunk.objects.create(version=self._version, number=self._number, content=content)
        del self._held[:size]
        self._number += 1


class _Pieces(RawIOBase):
    """A file over the chunks of a version, one of them in memory at a time."""

    def __init__(self, version: PoolVersion) -> None:
        self._left = b""
        self._numbers: Iterator[int] = iter(
            version.chunks.order_by("number").values_list("number", flat=True)
        )
        self._version = version

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left and (number := next(self._numbers, None)) is not None:
            self._left = bytes(self._version.chunks.get(number=number).content)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
