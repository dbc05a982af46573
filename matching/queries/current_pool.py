"""The pool as it is now, from the cheapest source there is."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from matching.queries.changes import LogCut, moment
from matching.queries.held_pool import HeldPool, basis_of, hold, in_hand, let_go, read_anew, refreshed
from matching.queries.pool_files import newest_version
from matching.queries.pool_folders import newest_folder, release_heap, release_pages, save_folder
from reference.rules.rates import RateTable

FEWEST_TO_SAVE = 1000
SAVED_SHARE = 500
"""Once more than one person in so many has changed, the pool is written to disk again, for all processes."""


def current_pool(on: date, rates: RateTable) -> HeldPool:
    """The pool of a day with the rates of that day. For one thread at a time.

    The log of changes brings whatever is held, on disk or in PostgreSQL up to now; only when it does not reach back
    that far, or the facts are others, everybody is read.
    """
    basis = basis_of(rates)
    for source in _sources(basis):
        found = source()
        if found is None:
            continue
        try:
            now = hold(_compacted(refreshed(found, on, rates), on, rates))
        except LogCut:
            continue
        if now.pool is not found.pool:
            release_pages(now.pool)
        return now
    let_go()  # of the old pool, before the new one takes its memory
    now = hold(save_folder(read_anew(on, rates, basis)))
    release_heap(now.pool)
    return now


def _sources(basis: str) -> Iterator[Callable[[], HeldPool | None]]:
    held = in_hand()
    if held is not None and held.basis == basis:
        yield in_hand
    else:
        let_go()
    now, _mine = moment()
    yield partial(newest_folder, basis, now.database)
    yield partial(_from_postgresql, basis, now.database)


def _from_postgresql(basis: str, database: str) -> HeldPool | None:
    found = newest_version(basis, database)
    return found and save_folder(found)


def _compacted(held: HeldPool, on: date, rates: RateTable) -> HeldPool:
    """The same people, memory-mapped anew once too many differ from what is on disk, by this process or another."""
    few = max(FEWEST_TO_SAVE, len(held.pool) // SAVED_SHARE)
    if _is_near(held, few):
        return held
    newer = newest_folder(held.basis, held.moment.database)
    if newer is not None and newer.moment.xmin > held.folder_seen:
        now = refreshed(newer, on, rates)
        if _is_near(now, few):
            return now.grown_like(held)
    return save_folder(held)


def _is_near(held: HeldPool, few: int) -> bool:
    """Whether no more than a few people differ from a folder."""
    return held.folder is not None and len(held.folder.moved) <= few
