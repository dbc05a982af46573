"""Total scores of many people: the fits that a group decides are computed once an entry.

The same integers as `compute_fits` and `score` give, faster; used for everybody eligible, while
the few who are kept are computed part by part.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine.fits import PART_FITS, commitment_of, pay_of
from matching.engine.fits.time import time_fit
from matching.engine.groups import Group
from matching.engine.parts import PARTS, Part, PartWeights
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.scale import SCALE, Ints, apportion
from matching.engine.score import harmonic
from matching.engine.screening import Screening, used_entries

Rows = npt.NDArray[np.intp]
Shares = npt.NDArray[np.int32]

CHUNK: Final = 1 << 15
"""People scored at once: what they need fits the second-level cache."""
WORTH_THREADS: Final = 1 << 16
"""Fewer people are not worth a second thread."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupShares:
    """What a part adds to both sides' scores, int32 (k,) an entry; `codes` of the people."""

    codes: npt.NDArray[np.int32]
    employer: Shares
    candidate: Shares


def total_scores(
    pool: Pool, query: VacancyQuery, weights: PartWeights, screening: Screening, *, threads: int = 1
) -> Ints:
    """int64 (m,): S of the eligible, in the order of `screening.eligible`."""
    sides = (apportion(query.effective(query.weights)), apportion(query.effective(weights)))
    shares = _group_shares(pool, query, sides, screening)
    by_row = [
        (PART_FITS[part], sides[0][number], sides[1][number])
        for number, part in enumerate(PARTS)
        if part in PART_FITS and part in query.asked_parts and (sides[0][number] or sides[1][number])
    ]

    def score_span(start: int, stop: int) -> Ints:
        rows = screening.eligible[start:stop]
        employer = np.zeros(len(rows), dtype=np.int32)
        candidate = np.zeros(len(rows), dtype=np.int32)
        for group in shares:
            codes = group.codes.take(rows)
            employer += group.employer.take(codes)
            candidate += group.candidate.take(codes)
        for fit_of, weigh_employer, weigh_candidate in by_row:
            fit = fit_of(pool, query, rows)
            if weigh_employer:
                employer += fit * weigh_employer // SCALE
            if weigh_candidate:
                candidate += fit * weigh_candidate // SCALE
        return harmonic(employer.astype(np.int64), candidate.astype(np.int64))

    with in_threads(threads if len(screening.eligible) >= WORTH_THREADS else 1) as each:
        scored = list(each(score_span, blocks_of(len(screening.eligible), CHUNK)))
    return np.concatenate(scored) if scored else np.zeros(0, dtype=np.int64)


def _group_shares(
    pool: Pool, query: VacancyQuery, sides: tuple[tuple[int, ...], tuple[int, ...]], screening: Screening
) -> list[GroupShares]:
    groups, places = pool.groups, screening.places
    facts = screening.calendar

    by_part: dict[Part, tuple[Group, Rows | None, Callable[[Rows], Ints]]] = {
        Part.TIME: (
            groups.calendar,
            screening.measured,
            lambda _: time_fit(facts.worked, facts.preferred, facts.night),
        ),
        Part.PAY: (groups.pay, None, lambda entries: pay_of(groups.pay, places, entries)),
        Part.COMMITMENT: (groups.terms, None, lambda entries: commitment_of(groups.terms, query, entries)),
    }
    shares = []
    for part, (group, entries, fits_of_entries) in by_part.items():
        employer, candidate = (side[PARTS.index(part)] for side in sides)
        if part in query.asked_parts and (employer or candidate):
            if entries is None:
                entries = used_entries(group.codes.take(screening.eligible), len(group))
            fits = np.zeros(len(group), dtype=np.int64)
            fits[entries] = fits_of_entries(entries)
            shares.append(GroupShares(group.codes, _share(fits, employer), _share(fits, candidate)))
    return shares


def _share(fits: Ints, weight: int) -> Shares:
    share: Shares = (fits * weight // SCALE).astype(np.int32)
    return share


def blocks_of(size: int, rows: int) -> list[tuple[int, int]]:
    """(start, stop) of blocks of that many rows."""
    return [(start, min(start + rows, size)) for start in range(0, size, rows)]


Each = Callable[[Callable[[int, int], Any], list[tuple[int, int]]], Iterator[Any]]


@contextmanager
def in_threads(threads: int) -> Iterator[Each]:
    """A way to call a function for each (start, stop), in order, on so many threads."""
    if threads <= 1:
        yield lambda call, spans: (call(*span) for span in spans)
        return
    with ThreadPoolExecutor(threads) as executor:
        yield lambda call, spans: executor.map(lambda span: call(*span), spans)
