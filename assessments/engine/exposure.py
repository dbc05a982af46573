"""How often an item may be given, so that it is not known to everybody before they take the test."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.engine.draws import draws

LIMIT: Final = 0.28
"""Share of recent sessions from which on an item rests always: so it stays below 30 % in all, whoever comes."""
EASE: Final = 0.16
"""Share up to which an item is free for everybody.

Not nearer to LIMIT: what rests now shows in the counts only hundreds of sessions later, and a steeper way from one to the
other swings to beyond 30 % where everybody stands near one cut."""
RECENT: Final = 500
"""Sessions that count as recent."""
FEWEST: Final = 100
"""A bank with fewer sessions than this is looked at as if it had had so many, so that its first people rest nothing."""

SPARE: Final = 1.75
"""Items rest only while this many times the longest session is left to a person."""

ELIGIBILITY: Final = 0
"""Place in the draws of a session; items are drawn at their positions, which count from 1."""


def shares(times_given: ArrayLike, sessions: int) -> NDArray[np.float64]:
    """Share of the recent sessions in which each item was given, shape (items,)."""
    return np.asarray(times_given, dtype=np.float64) / max(sessions, FEWEST)


def free_items(
    recent_shares: ArrayLike, seeds: ArrayLike, unseen: NDArray[np.bool_], *, max_items: int
) -> NDArray[np.bool_]:
    """Which items each new session may give, shape (sessions, items).

    An unseen item is free with the chance (LIMIT - share) / (LIMIT - EASE), kept within 0 and 1: the more often it was given
    of late the more often it rests, and from LIMIT on always. That settles between both by itself, whoever comes, as the
    eligibility probabilities of van der Linden and Veldkamp (2004) do, but keeps no state besides the counts. The draw hangs
    on the session's seed alone. Who would be left with fewer than SPARE times `max_items` items gets all unseen ones: being
    measured comes before the secrecy of items. `recent_shares`: shape (items,); `seeds`: shape (sessions,); `unseen`:
    shape (sessions, items).
    """
    share = np.asarray(recent_shares, dtype=np.float64)
    chance = np.clip((LIMIT - share) / (LIMIT - EASE), 0.0, 1.0)
    free = unseen & (draws(np.asarray(seeds)[:, None], ELIGIBILITY, np.arange(len(share))) < chance)
    few = free.sum(axis=1) < SPARE * max_items
    return np.asarray(np.where(few[:, None], unseen, free))
