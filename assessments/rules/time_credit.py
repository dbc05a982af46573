"""Time given back when the server or the line failed during a timed test.

The page of a timed test sends a heartbeat every `BEAT_SECONDS`. Every attempt has the next number, whether it arrives
or not; the server keeps the number and, on its own clock, the moment of the last one that it heard. Missing numbers
are attempts that the server could not acknowledge: they tell a line that failed from a page that was closed or asleep,
which numbers nothing. The clock of the person's computer is never read.
"""

from datetime import datetime
from typing import Final, NamedTuple

BEAT_SECONDS: Final = 5
"""How often the page reports."""

LATE_SECONDS: Final = 2.0
"""A heartbeat that comes this much later than it should is ordinary traffic."""

MOST_CREDIT_SECONDS: Final = 900
"""Credit of one run in all. Numbers come from the browser and can be forged, so what they win has an end."""


class Beat(NamedTuple):
    """A heartbeat that arrived: the page's own number (from 1) and the moment by the server's clock."""

    number: int
    at: datetime


def credit_seconds(
    last: Beat, beat: Beat, *, credited: float = 0.0, most: float = MOST_CREDIT_SECONDS
) -> float:
    """Seconds given back for the silence between two heartbeats, after `credited` before.

    silence = beat.at - last.at; lost = beat.number - last.number - 1. The credit is the part of the silence that is
    longer than one interval, at most the lost attempts' intervals: min(silence - 5, 5 lost), nothing where none was
    lost, where it is no more than 2 s, or where numbers or moments do not rise (a doubled or late heartbeat); and
    with `credited` it never passes `most`. Range 0 to `most`.
    """
    lost = beat.number - last.number - 1
    silence = (beat.at - last.at).total_seconds()
    if lost < 1 or silence <= BEAT_SECONDS:
        return 0.0
    credit = min(silence - BEAT_SECONDS, float(BEAT_SECONDS * lost))
    return min(credit, max(most - credited, 0.0)) if credit > LATE_SECONDS else 0.0
