"""Time at the desk, and which desk measures somebody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from assessments.enums import RunPurpose
from assessments.rules.accommodations import NO_LIMIT

MOST_GAP_MS = 180_000
"""Desk time that one step of the page may take at most; a longer silence is credited."""

MOST_GAP_POLLING_MS = 45_000
"""The same where the page reports by itself every few seconds."""

GRACE_MS = 120_000
"""Desk time after the end of the shift in which an answer that was begun can still be sent."""

RESUME_HOURS = 24
"""Hours of silence after which an open run is closed."""


class Tick(NamedTuple):
    """The clock after a request was heard, in milliseconds of desk time, and the real time that did not count."""

    clock_ms: int
    credited_ms: int


def tick(clock_ms: int, heard_at: datetime, now: datetime, *, polls: bool, factor: Decimal) -> Tick:
    """Move the desk clock: the silence since `heard_at`, as far as it counts, slowed down by the time factor.

    A factor of 0 takes the limits away; the clock then runs as usual. It never runs backwards.
    """
    gap = max(0, round((now - heard_at) / timedelta(milliseconds=1)))
    counted = min(gap, MOST_GAP_POLLING_MS if polls else MOST_GAP_MS)
    return Tick(clock_ms + int(counted / (factor or Decimal(1))), gap - counted)


def time_is_up(clock_ms: int, minutes: int, factor: Decimal) -> bool:
    """Whether the shift and its grace are over."""
    return bool(factor) and clock_ms >= minutes * 60_000 + GRACE_MS


def was_left(heard_at: datetime, now: datetime) -> bool:
    """Whether nothing was heard of a run for too long."""
    return now - heard_at > timedelta(hours=RESUME_HOURS)


def picked_desk(unseen: Sequence[str], seed: int) -> str:
    """The code of the desk that measures next, of those that the person never saw (at least one).

    The seed alone decides, so that nobody chooses it and everybody gets each of them as often.
    """
    return min(unseen, key=lambda code: sha256(f"{seed}:{code}".encode()).digest())


def run_time_factor(purpose: str, accommodated: Decimal) -> Decimal:
    """Training knows no time limit; elsewhere what the person's accommodations say."""
    return NO_LIMIT if purpose == RunPurpose.TRAINING else accommodated


def allowed_minutes(minutes: int, factor: Decimal) -> int | None:
    """The length of a shift as the person has it; None without a limit."""
    return int(minutes * factor) if factor else None
