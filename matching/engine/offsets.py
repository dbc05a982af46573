"""A zone's UTC offsets as a short list of regimes, and exact conversion both ways.

All times are whole minutes since 1970-01-01: UTC minutes, or local minutes = UTC + offset.
A local time that a clock change skips is the moment of the change, so that what ends or begins
later by the clock never does so earlier; a doubled one is its first occurrence (what Python calls
fold=0).
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from matching.engine.columns import SLOT_MINUTES
from matching.engine.errors import UnknownZone
from matching.engine.zones import load_zone

DAY_MINUTES: Final = 1440


@dataclass(frozen=True, slots=True)
class Regimes:
    """`offsets[i]` (minutes east of UTC) holds from UTC minute `starts[i]` on."""

    starts: tuple[int, ...]
    offsets: tuple[int, ...]

    def offset_at(self, utc_minute: int) -> int:
        """Offset at that instant."""
        return self.offsets[max(bisect_right(self.starts, utc_minute) - 1, 0)]

    def to_utc(self, local_minute: int) -> int:
        """The instant of a local wall-clock time, skipped and doubled ones resolved."""
        for index in range(len(self.starts) - 1, 0, -1):
            before, after = self.offsets[index - 1], self.offsets[index]
            if local_minute >= self.starts[index] + max(before, after):
                return local_minute - after
            if local_minute >= self.starts[index] + before:
                return self.starts[index]
        return local_minute - self.offsets[0]

    def changes(self, first: int, last: int) -> list[tuple[int, int, int]]:
        """(UTC minute, offset before, offset after) of each change in first..last."""
        return [
            (self.starts[i], self.offsets[i - 1], self.offsets[i])
            for i in range(1, len(self.starts))
            if first <= self.starts[i] <= last
        ]


@lru_cache(maxsize=4096)
def regimes_between(zone_name: str, first_day: int, last_day: int) -> Regimes:
    """Regimes of the zone from `first_day` to `last_day` (days since 1970-01-01).

    Raises `UnknownZone`, also for an offset or a change that is not on the quarter-hour.
    """
    start = first_day * DAY_MINUTES
    starts, offsets = [start], [_offset(zone_name, start)]
    first_year, last_year = _year(first_day), _year(last_day)
    for year in range(first_year, last_year + 1):
        for change, offset in _changes_in(zone_name, year):
            if start < change <= last_day * DAY_MINUTES:
                starts.append(change)
                offsets.append(offset)
    if any(minute % SLOT_MINUTES for minute in starts + offsets):
        raise UnknownZone(f"{zone_name} has an offset that is not on the quarter-hour")
    return Regimes(tuple(starts), tuple(offsets))


@lru_cache(maxsize=8192)
def _changes_in(zone_name: str, year: int) -> tuple[tuple[int, int], ...]:
    """(UTC minute, new offset) of every change in that UTC year, looked for day by day."""
    zone, first, last = load_zone(zone_name), _utc_minute(year), _utc_minute(year + 1)
    found = []
    previous = first - 1
    before = datetime.fromtimestamp(previous * 60, zone).utcoffset()
    _whole_minutes(zone_name, before)
    for minute in (*range(first, last, DAY_MINUTES), last - 1):
        after = datetime.fromtimestamp(minute * 60, zone).utcoffset()
        if after != before:
            offset = _whole_minutes(zone_name, after)
            found.append((_first_minute_with(zone_name, previous, minute, offset), offset))
        before, previous = after, minute
    return tuple(found)


def _first_minute_with(zone_name: str, low: int, high: int, offset: int) -> int:
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone_name, middle) == offset:
            high = middle
        else:
            low = middle
    return high


def _offset(zone_name: str, utc_minute: int) -> int:
    return _whole_minutes(
        zone_name, datetime.fromtimestamp(utc_minute * 60, load_zone(zone_name)).utcoffset()
    )


def _whole_minutes(zone_name: str, delta: timedelta | None) -> int:
    seconds = 0 if delta is None else delta.days * 86400 + delta.seconds
    if seconds % 60:
        raise UnknownZone(f"{zone_name} has an offset with seconds")
    return seconds // 60


def _year(day: int) -> int:
    return datetime.fromtimestamp(day * 86400, UTC).year


def _utc_minute(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) // 60
