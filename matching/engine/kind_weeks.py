"""How the weeks of many vacancies fall on one person's week: all of them in a few steps.

Vacancies share shifts, and of two vacancies with one shift the weeks are the same where their contracts overlap. So the
weeks of a shift are laid out once, over a *frame* of two years or more, as a person's clock meets them; a contract is a
stretch of its frame, and how often it has each distinct week is the difference of two counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engine.columns import WEEK_MINUTES
from matching.engine.hours import HoursFacts, week_facts
from matching.engine.offsets import Regimes
from matching.engine.pool import Pool
from matching.engine.query import ShiftBlock, VacancyQuery
from matching.engine.scale import Ints
from matching.engine.shift_weeks import (
    ShiftWeeks,
    regimes_around,
    week_patterns,
    week_span,
    weeks_between,
)
from matching.engine.week_minutes import (
    MASK_WORDS,
    MINUTE_KINDS,
    Words,
    as_words,
    shift_minutes,
    slot_rows,
)

FRAME_DAYS: Final = 52 * 7
_FIRST_MONDAY: Final = 4
"""1970-01-05, from which frames are counted."""
_FRAME, _FIRST, _LAST, _HOURS = range(4)


class Frame(NamedTuple):
    """A shift by the clock of a zone, over the weeks from `first` to `last` (days of Mondays)."""

    zone: str
    shifts: tuple[ShiftBlock, ...]
    first: int
    last: int

    @classmethod
    def around(cls, query: VacancyQuery) -> "Frame":
        """Two years, or as many as the contract touches, so that few frames hold all contracts with a shift."""
        first, last = ((day - _FIRST_MONDAY) // FRAME_DAYS for day in week_span(query))
        start = first * FRAME_DAYS + _FIRST_MONDAY
        end = max(first + 2, last + 1) * FRAME_DAYS + _FIRST_MONDAY
        return cls(query.zone, query.shifts, start, end - 7)


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """The weeks of a frame by a person's clock, p distinct ones.

    before: int64 (w + 1, p), how many of the first n weeks have each. totals: int64 (p, 2), shift minutes, all and must.
    at, length: int64 (r,), place of a row among the (p, 4) minutes by kind, and the minutes of its slots; slots: (r, 11).
    """

    before: Ints
    totals: Ints
    at: Ints
    length: Ints
    slots: Words


@lru_cache(maxsize=1024)
def _weeks_of(frame: Frame) -> ShiftWeeks:
    return ShiftWeeks.of(weeks_between(*frame))


@lru_cache(maxsize=8192)
def _met(frame: Frame, clock: Regimes) -> Met:
    patterns, which = week_patterns(_weeks_of(frame), clock)
    before = np.zeros((len(which) + 1, len(patterns)), dtype=np.int64)
    np.cumsum(which[:, None] == np.arange(len(patterns)), axis=0, out=before[1:])
    rows = [(number, row) for number, pattern in enumerate(patterns) for row in slot_rows(pattern)]
    return Met(
        before,
        np.array([shift_minutes(pattern) for pattern in patterns], dtype=np.int64).reshape(-1, 2),
        np.array([number * MINUTE_KINDS + kind for number, (kind, _, _) in rows], dtype=np.int64),
        np.array([length for _, (_, length, _) in rows], dtype=np.int64),
        np.array([slots for _, (*_, slots) in rows], dtype=np.uint64).reshape(-1, MASK_WORDS),
    )


class KindWeeks:
    """The contracts of kinds of vacancies, by their numbers. Immutable; `before` holds the first of the same kinds."""

    def __init__(self, kinds: Sequence[VacancyQuery], before: "KindWeeks | None" = None) -> None:
        self.frames: dict[Frame, int] = dict(before.frames) if before else {}
        known = before.contracts.shape[1] if before else 0
        new = np.empty((4, len(kinds) - known), dtype=np.int64)
        for number, query in enumerate(kinds[known:]):
            frame = Frame.around(query)
            at = self.frames.setdefault(frame, len(self.frames))
            first, last = ((monday - frame.first) // 7 for monday in week_span(query))
            new[:, number] = at, first, last, query.hours_week
        self.contracts: Ints = np.concatenate([before.contracts, new], axis=1) if before else new
        self._frames = tuple(self.frames)

    def measure(self, person: Pool, kinds: npt.NDArray[np.integer]) -> HoursFacts:
        """What the calendar says about one person at vacancies of those kinds, each at its place."""
        distinct, which = np.unique(kinds, return_inverse=True)
        contracts = self.contracts[:, distinct]
        order = np.argsort(contracts[_FRAME], kind="stable")
        facts = np.zeros((len(HoursFacts.__slots__), len(distinct)), dtype=np.int64)
        if len(distinct):
            facts[:, order] = self._measure(person, contracts[:, order])
        return HoursFacts(*facts[:, which.reshape(-1)])

    def _measure(self, person: Pool, contracts: Ints) -> Ints:
        """int64 (6, k), the fields of `HoursFacts`, of contracts in the order of their frames."""
        zone = person.zones[int(person.zone_code[0])]
        frames, starts = np.unique(contracts[_FRAME], return_index=True)
        met, counts, weeks, sizes = [], [], [], []
        offset = 0
        for frame, part in zip(frames.tolist(), np.split(contracts, starts[1:], axis=1), strict=True):
            one = _met(self._frames[frame], regimes_around(zone, *self._frames[frame][2:]))
            size = len(one.totals)
            met.append(one)
            counts.append((one.before[part[_LAST] + 1] - one.before[part[_FIRST]]).reshape(-1))
            weeks.append(np.tile(np.arange(offset, offset + size), part.shape[1]))
            sizes.append(np.full(part.shape[1], size))
            offset += size
        return _summed(
            met,
            person,
            np.concatenate(counts),
            np.concatenate(weeks),
            np.concatenate(sizes),
            contracts[_HOURS],
        )


def _summed(
    met: Sequence[Met], person: Pool, counts: Ints, weeks: Ints, sizes: Ints, hours_week: Ints
) -> Ints:
    """int64 (6, k): over the distinct weeks of each contract. `sizes` (k,): how many of `weeks` are a contract's; `counts`:
    how often it has each of them, possibly never."""
    have, welcome, marked = _minutes(met, person)
    totals = np.concatenate([one.totals for one in met])[weeks]
    every = week_facts(
        totals[:, 0], totals[:, 1], np.repeat(hours_week, sizes), have[weeks], welcome[weeks], marked[weeks]
    )
    starts = np.cumsum(sizes) - sizes
    facts = np.empty((len(every), len(sizes)), dtype=np.int64)
    facts[0] = np.minimum.reduceat(np.where(counts > 0, every[0], WEEK_MINUTES * 2), starts)
    facts[1:3] = np.maximum.reduceat(every[1:3] * (counts > 0), starts, axis=1)
    facts[3:] = np.add.reduceat(every[3:] * counts, starts, axis=1)
    return facts


def _minutes(met: Sequence[Met], person: Pool) -> tuple[Ints, Ints, Ints]:
    """Three times int64 (p, 4), minutes by kind of all distinct weeks: available, liked, and said to be liked."""
    available = person.week_masks[person.availability_code[:1]]
    preferred = int(person.preferred_code[0])
    have = _covered(met, available)
    if preferred < 0:
        return have, have, np.zeros_like(have)
    liked = _covered(met, available & person.week_masks[preferred])
    return have, liked, liked


def _covered(met: Sequence[Met], mask: npt.NDArray[np.uint8]) -> Ints:
    """int64 (p, 4): as `covered_minutes`, of one mask in the weeks of all frames."""
    firsts = list(accumulate((len(one.totals) for one in met), initial=0))
    at = np.concatenate([one.at + first * MINUTE_KINDS for one, first in zip(met, firsts, strict=False)])
    slots = np.concatenate([one.slots for one in met])
    held = np.bitwise_count(slots & as_words(mask)).sum(axis=1, dtype=np.int64)
    held *= np.concatenate([one.length for one in met])
    minutes: Ints = np.zeros((1, firsts[-1], MINUTE_KINDS), dtype=np.int64)
    np.add.at(minutes.reshape(-1), at, held)
    covered: Ints = minutes[0]
    return covered
