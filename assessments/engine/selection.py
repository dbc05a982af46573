"""Which item comes next, and in which order its options stand."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from random import Random
from typing import Final

import numpy as np

from assessments.engine.response_model import Parameters, response_model

FIRST_THETA = -1.6
"""Ability that the first item is chosen for: a beginning that most people manage."""

SPREAD = (12, 10)
SPREAD_LATER = 8


def next_item(
    params: Parameters,
    theta: float,
    *,
    unseen: Collection[int],
    given: Sequence[int],
    areas: Sequence[str],
    rng: np.random.Generator,
) -> int:
    """Row number of the next item: among the most informative unseen ones of the area that is behind.

    `mirt`'s own strategies do the three steps: content balancing towards equal areas (Kingsbury and Zara 1989),
    maximum Fisher information at `theta` (Lord 1980), and a random pick among the best 12, 10 and
    from then on 8 (randomesque), so that no item is shown to everybody. Ties go to the lowest row.
    `areas` names the content area of every row; `given` lists the rows already given.
    """
    from mirt.cat.content import WeightedContent
    from mirt.cat.exposure import Randomesque
    from mirt.cat.selection import MaxFisherInformation

    rows = range(len(params))
    content = WeightedContent(
        dict.fromkeys(rows, 1.0), dict.fromkeys(sorted(set(areas)), 1.0), dict(enumerate(areas))
    )
    open_rows = content.filter_items(set(unseen), list(given))
    information = MaxFisherInformation().get_item_criteria(response_model(params), theta, open_rows)
    ranked = sorted(information.items(), key=lambda pair: (-pair[1], pair[0]))
    spread = SPREAD[len(given)] if len(given) < len(SPREAD) else SPREAD_LATER
    return int(Randomesque(k=spread, seed=int(rng.integers(2**32))).select_from_ranked(ranked))


def item_rng(seed: int, position: int) -> np.random.Generator:
    """The randomness of one step of one session."""
    return np.random.default_rng([seed, position])


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
