"""The calendar of docs/matching.md once more in plain Python: datetime, zoneinfo and sets of quarter-hours.

"Weeks and clock changes" and "Hours on the calendar", sentence by sentence. Nothing of the engine is used. Times are
whole minutes since 1970: UTC minutes, or wall-clock minutes of a zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from matching.engine import VacancyQuery
from tests.matching.engine.people import Person

DAY, WEEK, QUARTERS = 1440, 10_080, 672
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a naive wall-clock origin
Pattern = frozenset[int]
"""Quarter-hours of a week, 0..671 from Monday 00:00 on."""


@dataclass
class Hours:
    """worst, short, must_short: of the worst week for each. worked, preferred, night: sums over all weeks."""

    worst: int
    short: int
    must_short: int
    worked: int
    preferred: int
    night: int


class Calendar:
    """A vacancy's weeks. Each (zone, availability, preference) is worked out once and kept."""

    def __init__(self, query: VacancyQuery) -> None:
        self.hours_week = query.hours_week
        self.weeks = [(monday, shift_pieces(query, monday)) for monday in mondays(query)]
        self.known: dict[tuple, Hours] = {}

    def hours_of(self, person: Person) -> Hours:
        key = (person.zone, person.blocks, person.preferred)
        if key not in self.known:
            weeks = [self._week(person, monday, pieces) for monday, pieces in self.weeks]
            least, short, must_short, *sums = zip(*weeks, strict=True)
            self.known[key] = Hours(min(least), max(short), max(must_short), *(sum(each) for each in sums))
        return self.known[key]

    def _week(self, person: Person, monday: int, pieces: list[tuple[int, int, bool]]) -> tuple[int, ...]:
        pattern = pattern_of(person.blocks)
        available = held(pattern, monday, person.zone)
        preferred = None
        if person.preferred is not None:
            # Preferred hours are hours that are also available.
            preferred = available & held(pattern & pattern_of(person.preferred), monday, person.zone)
        total = must = have = must_have = welcome = must_welcome = night = must_night = 0
        for quarter, minutes, is_must in pieces:
            total += minutes
            must += minutes * is_must
            if quarter not in available:
                continue
            have += minutes
            must_have += minutes * is_must
            if preferred is None or quarter in preferred:
                welcome += minutes
                must_welcome += minutes * is_must
            if is_night(quarter, person.zone) and (preferred is None or quarter not in preferred):
                night += minutes
                must_night += minutes * is_must
        needed = min(self.hours_week, total)
        worked = max(needed, must)
        # Must blocks are worked in any case; of the rest as much as is needed, and freely chosen.
        chosen = worked - must
        most_preferred = must_welcome + min(welcome - must_welcome, chosen)
        by_day = (have - must_have) - (night - must_night)
        least_night = must_night + min(max(chosen - by_day, 0), night - must_night)
        return have, max(needed - have, 0), must - must_have, worked, most_preferred, least_night


def hours_of(person: Person, query: VacancyQuery) -> Hours:
    return Calendar(query).hours_of(person)


def mondays(query: VacancyQuery) -> list[int]:
    """Days of the Mondays of every week that the contract touches."""
    first = query.start_day
    while datetime.fromtimestamp(first * 86_400, UTC).weekday() != 0:
        first -= 1
    return list(range(first, query.end_day + 1, 7))


def shift_pieces(query: VacancyQuery, monday: int) -> list[tuple[int, int, bool]]:
    """The week's shift as (UTC quarter-hour, minutes of it, must); no minute twice."""
    blocks = []
    for block in query.shifts:
        start = (monday + block.weekday) * DAY + block.start_minute
        ends = utc(start, query.zone), utc(start + block.duration_minutes, query.zone)
        blocks.append((*ends, block.must))
    edges = {edge for start, end, _ in blocks for edge in (start, end)}
    for start, end, _ in blocks:
        edges.update(range(start - start % 15, end, 15))
    pieces = []
    for start, end in pairwise(sorted(edges)):
        over = [must for a, b, must in blocks if a <= start and end <= b]
        if over:
            pieces.append((start // 15, end - start, any(over)))
    return pieces


@lru_cache(maxsize=200_000)
def utc(wall: int, zone: str) -> int:
    """UTC minute of a wall-clock minute; a skipped one is the moment of the change, of two the first counts."""
    shown, clock = EPOCH + timedelta(minutes=wall), ZoneInfo(zone)
    found = shown.replace(tzinfo=clock, fold=0).astimezone(UTC)
    if found.astimezone(clock).replace(tzinfo=None) != shown:
        # By the offset after the change it would be before it: the change is where the offset becomes that one.
        after = shown.replace(tzinfo=clock, fold=1).utcoffset()
        found = shown.replace(tzinfo=clock, fold=1).astimezone(UTC)
        while found.astimezone(clock).utcoffset() != after:
            found += timedelta(minutes=1)
    return int(found.timestamp()) // 60


@lru_cache(maxsize=200_000)
def is_night(quarter: int, zone: str) -> bool:
    """Whether the person's own clock shows a time from 22:00 to 06:00."""
    hour = datetime.fromtimestamp(quarter * 900, ZoneInfo(zone)).hour
    return hour >= 22 or hour < 6


@lru_cache(maxsize=4096)
def pattern_of(blocks: tuple[tuple[int, int, int], ...]) -> Pattern:
    return frozenset(
        (weekday * 96 + quarter) % QUARTERS
        for weekday, start, end in blocks
        for quarter in range(start // 15, end // 15)
    )


@lru_cache(maxsize=4096)
def stretches(pattern: Pattern) -> tuple[tuple[int, int], ...]:
    """Each unbroken stretch once, (first quarter, quarter after the last); it may run past the week's end."""
    begins = [quarter for quarter in sorted(pattern) if (quarter - 1) % QUARTERS not in pattern]
    found = []
    for begin in begins:
        end = begin
        while end % QUARTERS in pattern:
            end += 1
        found.append((begin, end))
    return tuple(found)


@lru_cache(maxsize=20_000)
def held(pattern: Pattern, monday: int, zone: str) -> frozenset[int]:
    """UTC quarter-hours around the week of that Monday that lie in a stretch of the pattern, by the zone's clock."""
    window = range((monday - 3) * 96, (monday + 11) * 96)
    if len(pattern) == QUARTERS:
        return frozenset(window)
    found: set[int] = set()
    for week in (-2, -1, 0, 1, 2):
        origin = (monday + 7 * week) * DAY
        for begin, end in stretches(pattern):
            start, stop = utc(origin + begin * 15, zone), utc(origin + end * 15, zone)
            found.update(range(start // 15, stop // 15))
    return frozenset(quarter for quarter in found if quarter in window)
