"""A person's week as they write it: from–until on a weekday, perhaps over midnight. Pure arithmetic in minutes."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from candidates.enums import DayBand
from common.week import EMPTY_WEEK, Block, week_blocks, week_mask

DAY_MINUTES = 1440
WEEK_MINUTES = 7 * DAY_MINUTES
WEEKDAYS = range(5)
WEEKEND = range(5, 7)


class Span(NamedTuple):
    """From–until on a weekday (0 = Monday), minutes from local midnight, both in 0–1439.

    An end at or before the start lies on the next day; 0–0 is the whole day.
    """

    weekday: int
    start_minute: int
    end_minute: int


class DayGroup(NamedTuple):
    """Neighbouring weekdays `first`–`last` with the same (start, end) times."""

    first: int
    last: int
    times: tuple[tuple[int, int], ...]


QUICK_PICKS: Mapping[str, tuple[Span, ...]] = {
    "weekdays": tuple(Span(day, 9 * 60, 17 * 60) for day in WEEKDAYS),
    "evenings": tuple(Span(day, 17 * 60, 22 * 60) for day in WEEKDAYS),
    "weekend": tuple(Span(day, 9 * 60, 17 * 60) for day in WEEKEND),
    "nights": tuple(Span(day, 22 * 60, 6 * 60) for day in WEEKDAYS),
}
BANDS: Mapping[str, tuple[int, int]] = {
    DayBand.MORNINGS: (6 * 60, 12 * 60),
    DayBand.AFTERNOONS: (12 * 60, 18 * 60),
    DayBand.EVENINGS: (18 * 60, DAY_MINUTES),
    DayBand.NIGHTS: (0, 6 * 60),
}


def span_minutes(span: Span) -> int:
    """Length of a span in minutes, 1–1440."""
    return (span.end_minute - span.start_minute) % DAY_MINUTES or DAY_MINUTES


def mask_of(spans: Iterable[Span]) -> bytes:
    """The weekly mask of spans; Sunday night runs on into Monday. Raises ValueError off the quarter hour."""
    blocks = []
    for span in spans:
        end = span.start_minute + span_minutes(span)
        blocks.append(Block(span.weekday, span.start_minute, min(end, DAY_MINUTES)))
        if end > DAY_MINUTES:
            blocks.append(Block((span.weekday + 1) % 7, 0, end - DAY_MINUTES))
    return week_mask(blocks)


def spans_of(mask: bytes) -> list[Span]:
    """The spans that say a mask, in order; a night is one span on the day that it begins."""
    blocks = list(week_blocks(mask))
    mornings = {block.weekday: block for block in blocks if block.start_minute == 0}
    taken: set[Block] = set()
    spans = []
    for block in blocks:
        following = mornings.get((block.weekday + 1) % 7)
        if block.end_minute < DAY_MINUTES or following is None or following.end_minute >= block.start_minute:
            spans.append((block, block.end_minute % DAY_MINUTES))
        else:
            spans.append((block, following.end_minute))
            taken.add(following)
    return [Span(block.weekday, block.start_minute, end) for block, end in spans if block not in taken]


def overlaps(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of positions in `spans` that hold the same minutes, over midnight and the end of the week too."""
    order = sorted(range(len(spans)), key=lambda at: spans[at][:2])
    pairs = []
    for place, at in enumerate(order):
        following = order[(place + 1) % len(order)]
        gap = (_start(spans[following]) - _start(spans[at])) % WEEK_MINUTES
        pair = (min(at, following), max(at, following))
        if following != at and gap < span_minutes(spans[at]) and pair not in pairs:
            pairs.append(pair)
    return pairs


def union(one: bytes, other: bytes) -> bytes:
    """Quarters that either mask holds."""
    return bytes(left | right for left, right in zip(one, other, strict=True))


def common_part(one: bytes, other: bytes) -> bytes:
    """Quarters that both masks hold."""
    return bytes(left & right for left, right in zip(one, other, strict=True))


def band_mask(band: str) -> bytes:
    """One part of the day on all seven days."""
    start, end = BANDS[band]
    return week_mask(Block(day, start, end) for day in range(7))


def preferred_mask(availability: bytes, bands: Iterable[str]) -> bytes:
    """The available hours within the preferred parts of the day; the empty week, no preference, when none is named."""
    wanted = EMPTY_WEEK
    for band in bands:
        wanted = union(wanted, band_mask(band))
    return common_part(availability, wanted)


def preferred_bands(availability: bytes, preferred: bytes) -> list[str]:
    """The parts of the day that `preferred` holds as far as they are available."""
    found = []
    for band in BANDS:
        offered = common_part(availability, band_mask(band))
        if offered != EMPTY_WEEK and common_part(offered, preferred) == offered:
            found.append(str(band))
    return found


def day_groups(spans: Iterable[Span]) -> list[DayGroup]:
    """Spans by weekday, with neighbouring days of the same times put together."""
    days = [
        (day, tuple((span.start_minute, span.end_minute) for span in found))
        for day, found in groupby(sorted(spans), key=lambda span: span.weekday)
    ]
    groups: list[DayGroup] = []
    for day, times in days:
        last = groups[-1] if groups else None
        if last and last.times == times and last.last == day - 1:
            groups[-1] = last._replace(last=day)
        else:
            groups.append(DayGroup(day, day, times))
    return groups


def _start(span: Span) -> int:
    return span.weekday * DAY_MINUTES + span.start_minute
