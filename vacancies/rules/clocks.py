"""What an employer's shift is on the clock of another place: pure arithmetic on zones."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vacancies.content import ShiftRow

DAY = 1440
LONGEST = 366


def minutes_ahead(zone: str, other: str, on: date) -> int:
    """How many minutes the clock of `other` is ahead of that of `zone` at noon (UTC) of a day."""
    noon = datetime.combine(on, time(12), UTC)
    first, second = (noon.astimezone(ZoneInfo(name)).utcoffset() or timedelta() for name in (zone, other))
    return int((second - first).total_seconds()) // 60


def changes_ahead(zone: str, other: str, start: date, months: int) -> list[tuple[date, int]]:
    """(day, minutes ahead from then on) of every change within the contract, at most a year of it."""
    days = min(LONGEST, months * 31)
    found, last = [], minutes_ahead(zone, other, start)
    for number in range(1, days):
        day = start + timedelta(days=number)
        ahead = minutes_ahead(zone, other, day)
        if ahead != last:
            found.append((day, ahead))
            last = ahead
    return found


def spans_of(shifts: Iterable[ShiftRow]) -> list[tuple[int, int]]:
    """The distinct blocks of a day as (start, end) minutes, the end past 1440 brought back to the next day's clock."""
    blocks = {(shift.start_minute, (shift.start_minute + shift.duration_minutes) % DAY) for shift in shifts}
    return sorted(blocks)


def moved(spans: Iterable[tuple[int, int]], ahead: int) -> list[tuple[int, int]]:
    """The same blocks on a clock that is `ahead` minutes ahead."""
    return [((start + ahead) % DAY, (end + ahead) % DAY) for start, end in spans]
