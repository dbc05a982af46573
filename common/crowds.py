"""Counts of people that nobody is picked out of: whole fives, rounded down, and "fewer than 5" for less, none included.

Pure. docs/what-if.md says why, and what remains possible.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

CROWD: Final = 5


def at_least(people: int) -> int:
    """The count rounded down to a multiple of `CROWD`: 0 stands for fewer than that. Raises ValueError below 0."""
    if people < 0:
        raise ValueError(f"{people} people cannot be counted")
    return people - people % CROWD


def at_least_more(more: int) -> int:
    """A difference, rounded towards 0 to a multiple of `CROWD`: 0 stands for fewer than that, either way."""
    return at_least(more) if more >= 0 else -at_least(-more)


def told_falls(everyone: int, lost: Sequence[int], *, left: int | None = None) -> tuple[int, list[int], int]:
    """Everyone, who falls at each step, and who is left at the end, so that none tells one person and they add up.

    What is rounded down is how many are left after each step, so each "left" is at least as said, and each fall is the
    difference of two of them: within `CROWD` of the truth. `left` is the end where that stands on the page anyway.
    """
    end = everyone - sum(lost)
    least = at_least(end) if left is None else left
    before = first = max(at_least(everyone), least)
    falls, there = [], everyone
    for fallen in lost:
        there -= fallen
        after = max(at_least(there), least)
        falls.append(before - after)
        before = after
    return first, falls, least


def counted(number: int) -> str:
    """A whole number in the reader's notation."""
    return str(number_format(number, decimal_pos=0, use_l10n=True, force_grouping=True))


def said(people: int) -> str:
    """A rounded count in words: “at least 1,205”, “fewer than 5”."""
    if people < CROWD:
        return _("fewer than %(crowd)s") % {"crowd": counted(CROWD)}
    return _("at least %(people)s") % {"people": counted(people)}
