"""Laying what people changed over a ranking: pure list work."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matching.enums import EntryKind

LAST_PLACE = 500
"""People kept of a ranking, best first, and so the last place there is."""


class Change(NamedTuple):
    """What was done to one person's place; `position` only for moved, 1-based."""

    kind: str
    position: int | None = None


def laid_over(ranked: Sequence[int], changes: Mapping[int, Change]) -> list[int]:
    """The order that is shown: pinned first in rank order, then added in the order of `changes`, moved at their places.

    `ranked` are candidate ids, best first, already without people who left; people added from outside come last in it.
    Hidden people are left out. Places among the pinned and added are the first after them; people moved to the same
    place stand there one after the other in rank order; a place past the end is the end. Changes about people outside
    `ranked` are ignored.
    """

    def with_change(kind: str) -> list[int]:
        return [one for one in ranked if one in changes and changes[one].kind == kind]

    known = set(ranked)
    pinned, moved = with_change(EntryKind.PINNED), with_change(EntryKind.MOVED)
    added = [one for one, change in changes.items() if change.kind == EntryKind.ADDED and one in known]
    shown = pinned + added + [one for one in ranked if one not in changes]
    taken = len(pinned) + len(added)
    for one in sorted(moved, key=lambda one: changes[one].position or 1):
        place = max((changes[one].position or 1) - 1, taken)
        shown.insert(place, one)
        taken = min(place, len(shown) - 1) + 1
    return shown
