"""The pool as it is now, from the cheapest source there is."""

from collections.abc import Callable, Iterator
from datetime import date

from matching.queries.changes import LogCut, moment
from matching.queries.held_pool import HeldPool, basis_of, read_anew, refreshed
from matching.queries.pool_files import newest_version
from matching.queries.pool_folders import newest_folder, release_pages, save_folder
from reference.rules.rates import RateTable

FEWEST_TO_SAVE = 1000
SAVED_SHARE = 500
"""Once more than one person in so many has changed, the pool is written to disk again, for all processes."""

_held: HeldPool | None = None


def current_pool(on: date, rates: RateTable) -> HeldPool:
    """The pool of a day with the rates of that day. For one thread at a time.

    The log of changes brings whatever is held, on disk or in PostgreSQL up to now; only when it does not reach back
    that far, or the facts are others, everybody is read.
    """
    global _held
    basis = basis_of(rates)
    for source in _sources(basis):
        found = source()
        if found is None:
            continue
        try:
            _held = _compacted(refreshed(found, on, rates), on, rates)
        except LogCut:
            continue
        if _held.pool is not found.pool:
            release_pages(_held.pool)
        return _held
    _held = None  # let go of the old pool before the new one takes its memory
    _held = save_folder(read_anew(on, rates, basis))
    return _held


def let_go() -> None:
    """Forget what is held, as a fresh process would."""
    global _held
    _held = None


def grown_from(held: HeldPool, digest: str) -> None:
    """Note that a held pool is kept under that digest, so that the next one kept is a delta to it."""
    global _held
    if _held is not None and _held.pool is held.pool:
        _held = _held.as_parent(digest)


def _sources(basis: str) -> Iterator[Callable[[], HeldPool | None]]:
    if _held is not None and _held.basis == basis:
        yield lambda: _held
    else:
        let_go()
    now, _mine = moment()
    yield lambda: newest_folder(basis, now.database)
    yield lambda: newest_version(basis, now.database)


def _compacted(held: HeldPool, on: date, rates: RateTable) -> HeldPool:
    """The same people, memory-mapped anew once too many differ from what is on disk, by this process or another."""
    few = max(FEWEST_TO_SAVE, len(held.pool) // SAVED_SHARE)
    if held.parent and len(held.moved) <= few:
        return held
    newer = newest_folder(held.basis, held.moment.database)
    if newer is not None and newer.moment.xmin > held.parent_seen:
        now = refreshed(newer, on, rates)
        if len(now.moved) <= few:
            return now
    return save_folder(held)
