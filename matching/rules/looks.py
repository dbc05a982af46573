"""Which lists are worth a recruiter's look: pure figures in, reasons out."""

from collections.abc import Collection
from dataclasses import dataclass

from matching.enums import Look

FEW_PER_OPENING = 3
"""Fewer people than this for each opening are few."""


@dataclass(frozen=True, slots=True)
class ListNow:
    """A list as it is: openings, how many people are eligible, who is shown, and how many of those are shown on as many
    lists as one person may be."""

    openings: int
    eligible: int
    shown: tuple[int, ...]
    everywhere: int


@dataclass(frozen=True, slots=True)
class LastLook:
    """Who was shown when somebody last looked, and which reasons they saw."""

    shown: frozenset[int]
    accepted: frozenset[str]


def holding(one: ListNow) -> set[str]:
    """What is notable about a list by itself: few suit, or most of those shown are shown everywhere."""
    found: set[str] = set()
    if one.eligible < FEW_PER_OPENING * one.openings:
        found.add(Look.FEW)
    if one.shown and 2 * one.everywhere > len(one.shown):
        found.add(Look.SAME)
    return found


def changed_much(shown: Collection[int], before: Collection[int]) -> bool:
    """Whether at least half of those shown now, or of those shown before, are not on both."""
    if not shown and not before:
        return False
    stayed = len(set(shown) & set(before))
    return 2 * stayed <= max(len(shown), len(before))


def reasons_to_look(one: ListNow, last: LastLook | None) -> list[str]:
    """Why somebody should look now, in the order of `Look`; empty when what they last saw still holds."""
    found = holding(one)
    if last is None:
        found.add(Look.NEW)
    elif changed_much(one.shown, last.shown):
        found.add(Look.CHANGED)
    else:
        found -= last.accepted
    return [reason for reason in Look.values if reason in found]
