"""Shift blocks of a week: pure arithmetic in minutes."""

from collections.abc import Sequence

from vacancies.content import ShiftRow

WEEK_MINUTES = 7 * 1440


def week_total_minutes(shifts: Sequence[ShiftRow]) -> int:
    """Minutes a week in which the work can be done."""
    return sum(shift.duration_minutes for shift in shifts)


def overlapping_shifts(shifts: Sequence[ShiftRow]) -> list[tuple[ShiftRow, ShiftRow]]:
    """Neighbouring pairs that hold the same minutes, over midnight and over the end of the week too."""
    ordered = sorted(shifts)
    pairs = []
    for index, shift in enumerate(ordered):
        following = ordered[(index + 1) % len(ordered)]
        gap = (_start(following) - _start(shift)) % WEEK_MINUTES
        if len(ordered) > 1 and gap < shift.duration_minutes:
            pairs.append((shift, following))
    return pairs


def _start(shift: ShiftRow) -> int:
    return shift.weekday * 1440 + shift.start_minute
