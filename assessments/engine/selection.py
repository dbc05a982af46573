"""Which item comes next, and in which order its options stand."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from random import Random
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessments.engine.draws import draws
from assessments.engine.response_model import Parameters, information

FIRST_THETA: Final = -1.6
"""Ability that the first item is chosen for: a beginning that most people manage."""

SPREAD: Final = (12, 10)
SPREAD_LATER: Final = 4
"""From how many of the best items one is drawn: the first, the second, and each later one."""


def next_items(
    params: Parameters,
    thetas: NDArray[np.float64],
    *,
    free: NDArray[np.bool_],
    given: NDArray[np.bool_],
    areas: NDArray[np.intp],
    seeds: ArrayLike,
) -> NDArray[np.intp]:
    """Row of the next item in each of several sessions that stand at the same position, shape (sessions,).

    Of the content areas that still have a free item those with the fewest items given so far (Kingsbury and Zara 1989), of
    their free items the ones with most Fisher information at theta (Lord 1980; ties to the lowest row), and of the best
    12, 10 and from then on 4 one at random (randomesque), so that no item is shown to everybody.
    `thetas`: shape (sessions,). `free`, `given`: shape (sessions, items); at least one item of each session is free.
    `areas`: number of the area of each item, shape (items,).
    """
    of_area = np.eye(int(areas.max(initial=0)) + 1, dtype=np.int32)[areas]
    number = given.astype(np.int32) @ of_area
    number[free.astype(np.int32) @ of_area == 0] = len(params) + 1
    behind = number == number.min(axis=1, keepdims=True)
    open_rows = free & behind[:, areas]
    found = np.where(open_rows, information(params, thetas).T, -1.0)
    position = int(given[0].sum()) + 1
    spread = SPREAD[position - 1] if position <= len(SPREAD) else SPREAD_LATER
    best = np.argsort(-found, axis=1, kind="stable")[:, :spread]
    count = np.minimum(open_rows.sum(axis=1), spread)
    drawn = (draws(seeds, position) * count).astype(np.intp)
    return np.asarray(best[np.arange(len(best)), drawn], dtype=np.intp)


def next_item(
    params: Parameters,
    theta: float,
    *,
    unseen: Collection[int],
    given: Sequence[int],
    areas: Sequence[str],
    seed: int,
) -> int:
    """Row number of the next item of one session: `next_items` for one. `unseen` may not be empty.

    `areas` names the content area of every row; `given` lists the rows already given.
    """
    free, before = np.zeros((2, 1, len(params)), dtype=np.bool_)
    free[0, list(unseen)] = True
    before[0, list(given)] = True
    places = area_numbers(areas)
    return int(
        next_items(params, np.array([theta]), free=free, given=before, areas=places, seeds=np.array([seed]))[
            0
        ]
    )


def area_numbers(areas: Sequence[str]) -> NDArray[np.intp]:
    """Numbers from 0 for the names of areas, in order of the names; shape (items,)."""
    number = {name: place for place, name in enumerate(sorted(set(areas)))}
    return np.array([number[name] for name in areas], dtype=np.intp)


def option_order(seed: int, position: int, options: Sequence[str], part: int = 0) -> tuple[int, ...]:
    """Order in which the options of the item at `position` are shown: order[i] is the item's own index.

    Shuffled for each session, so that "the second one" tells the next person nothing; prices, times and days keep
    the natural order that they are written in. `random.Random.random` is the one stream that Python keeps the
    same between versions, so a page that was open during an upgrade still means what it says.
    `part` tells apart several lists of options of one item.
    """
    if in_natural_order(options):
        return tuple(range(len(options)))
    return shuffled(seed, position, len(options), part)


def shuffled(seed: int, position: int, size: int, part: int = 0) -> tuple[int, ...]:
    """The numbers 0 to size - 1 in the order of one session; `part` tells apart several lists of one item."""
    stream = Random(f"{seed}/{position}/{part}" if part else f"{seed}/{position}")  # noqa: S311
    keys = [stream.random() for _ in range(size)]
    return tuple(sorted(range(size), key=keys.__getitem__))


WEEKDAYS: Final = {
    day: place
    for week in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    )
    for place, day in enumerate(week.split())
}
"""Place in the week of each weekday, in the languages that banks are written in."""

FIGURE: Final = re.compile(r"\d+(?:[.:,]\d+)*")
WORD: Final = re.compile(r"[^\W\d_]+")


def in_natural_order(options: Sequence[str]) -> bool:
    """Whether every option holds one weekday and no figure, or one figure, and they rise."""
    figures = [FIGURE.findall(option) for option in options]
    days = [[word for word in WORD.findall(option.casefold()) if word in WEEKDAYS] for option in options]
    if all(len(found) == 1 for found in figures):
        places = [[int(part) for part in re.split(r"[.:,]", found[0])] for found in figures]
    elif all(len(found) == 1 for found in days) and not any(figures):
        places = [[WEEKDAYS[found[0]]] for found in days]
    else:
        return False
    return all(first < second for first, second in pairwise(places))
