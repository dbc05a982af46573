"""Weekly availability patterns of the demo people, by their own clock."""

from functools import cache

from common.week import EMPTY_WEEK, Block, week_mask

WEEKDAYS, WEEK = range(5), range(7)

PATTERNS: dict[str, tuple[tuple[range, int, int], ...]] = {
    "office": ((WEEKDAYS, 8, 18),),
    "long_days": ((WEEK, 7, 22),),
    "evenings": ((WEEKDAYS, 14, 24), (range(5, 7), 9, 24)),
    "mornings": ((range(6), 5, 15),),
    "nights": ((WEEK, 0, 8), (WEEK, 20, 24)),
    "any": ((WEEK, 0, 24),),
    "weekends": ((range(3, 7), 8, 20),),
}

PREFERRED: dict[str, tuple[tuple[range, int, int], ...]] = {
    "office": ((WEEKDAYS, 9, 17),),
    "long_days": ((WEEKDAYS, 9, 18),),
    "evenings": ((WEEKDAYS, 16, 22),),
    "mornings": ((WEEKDAYS, 6, 12),),
}


@cache
def availability(pattern: str) -> bytes:
    """The 84-byte mask of a pattern."""
    return _mask(PATTERNS[pattern])


@cache
def preferred(pattern: str) -> bytes:
    """The hours preferred within it; an empty week where none are."""
    return _mask(PREFERRED[pattern]) if pattern in PREFERRED else EMPTY_WEEK


def _mask(spans: tuple[tuple[range, int, int], ...]) -> bytes:
    return week_mask(Block(day, 60 * start, 60 * end) for days, start, end in spans for day in days)
