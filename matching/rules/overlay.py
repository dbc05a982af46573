"""Laying what people changed over a ranking: pure list work."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matching.enums import EntryKind


class Change(NamedTuple):
    """What was done to one person's place; `position` only for moved, 1-based."""

    kind: str
    position: int | None = None


def laid_over(ranked: Sequence[int], changes: Mapping[int, Change]) -> list[int]:
    """The order that is shown: pinned first in rank order, moved at their places, hidden left out.

    `ranked` are candidate ids, best first, already without people who left. People moved to the same place stand
    there in rank order; a place past the end is the end. Changes about people outside `ranked` are ignored.
    """
    pinned = [one for one in ranked if changes.get(one, Change("")).kind == EntryKind.PINNED]
    moved = [one for one in ranked if changes.get(one, Change("")).kind == EntryKind.MOVED]
    touched = {one for one in ranked if one in changes}
    shown = pinned + [one for one in ranked if one not in touched]
    for one in sorted(moved, key=lambda one: changes[one].position or 0):
        place = (changes[one].position or 1) - 1
        while place < len(shown) and shown[place] in moved:
            place += 1
        shown.insert(min(place, len(shown)), one)
    return shown
