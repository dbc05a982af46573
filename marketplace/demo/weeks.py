"""Weekly availability of the demo people, by their own clock: a few ways of living, each with many variants."""

from functools import cache
from typing import Final, NamedTuple

import numpy as np

from common.week import EMPTY_WEEK, Block, week_mask

Rng = np.random.Generator
WEEKDAYS: Final = (0, 1, 2, 3, 4)
WEEKEND: Final = (5, 6)
WEEK: Final = (*WEEKDAYS, *WEEKEND)
DAY: Final = 24 * 60


class Span(NamedTuple):
    """The same hours on several days, in minutes from midnight; past 24:00 they run into the next day."""

    days: tuple[int, ...]
    start: int
    end: int


class Life(NamedTuple):
    """Days, and the hours between which a day begins and ends; some of them have hours that they prefer."""

    days: tuple[tuple[int, ...], ...]
    starts: tuple[int, int]
    ends: tuple[int, int]
    prefers: bool = True


LIVES: Final[dict[str, Life]] = {
    "office": Life((WEEKDAYS, WEEKDAYS, (0, 1, 2, 3), (*WEEKDAYS, 5)), (7, 9), (17, 19)),
    "long_days": Life((WEEK, WEEK, (*WEEKDAYS, 5)), (6, 8), (20, 23)),
    "evenings": Life((WEEK, WEEKDAYS), (12, 15), (23, 24)),
    "mornings": Life(((*WEEKDAYS, 5), WEEKDAYS), (5, 6), (13, 16)),
    "nights": Life((WEEK, WEEKDAYS), (19, 22), (30, 33), prefers=False),
    "any": Life((WEEK,), (0, 0), (24, 24), prefers=False),
    "weekends": Life(((4, *WEEKEND), (3, 4, *WEEKEND)), (7, 10), (18, 22), prefers=False),
}
STEP: Final = 30


def draw_week(life: str, rng: Rng) -> tuple[bytes, bytes]:
    """Masks of the available and of the preferred hours (none: an empty week) of somebody who lives like that."""
    chosen = LIVES[life]
    days = chosen.days[rng.integers(len(chosen.days))]
    start, end = (_between(hours, rng) for hours in (chosen.starts, chosen.ends))
    free = Span(days, start, end)
    if not chosen.prefers or rng.random() < 0.25:
        return mask(free), EMPTY_WEEK
    liked = Span(tuple(day for day in days if day in WEEKDAYS), start + 60, max(start + 300, end - 120))
    return mask(free), mask(liked)


def _between(hours: tuple[int, int], rng: Rng) -> int:
    return int(rng.integers(hours[0] * 60 // STEP, hours[1] * 60 // STEP + 1)) * STEP


@cache
def mask(span: Span) -> bytes:
    """The 84-byte mask of a span."""
    blocks = []
    for day in span.days:
        blocks.append(Block(day, span.start, min(span.end, DAY)))
        if span.end > DAY:
            blocks.append(Block((day + 1) % 7, 0, span.end - DAY))
    return week_mask(blocks)
