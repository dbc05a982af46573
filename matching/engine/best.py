"""The best people without scoring everybody: exact, whatever is guessed on the way.

    1. From a sample of the eligible, guess a total T that somewhat more than `top` people reach.
    2. Drop whoever cannot reach T by their upper bounds (`bounds.py`), the most telling columns first.
    3. Compute the most promising of those left in full, and whoever else may equal the last of the best.
    4. Enough people do reach T: then nobody dropped can be among the best. Otherwise the guess was too
       high, and it is done again with a total that so many are known to reach.

This is the threshold principle (Fagin, Lotem & Naor, 2003). Sample and guess decide how long it takes,
never who is found.
"""

from collections.abc import Callable
from math import isqrt
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engine.blocks import in_blocks
from matching.engine.bounds import Bound, Packed, bounds_for, highest, reaches, unpacked
from matching.engine.fits import compute_fits
from matching.engine.parts import PartWeights
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.scale import Ints
from matching.engine.score import score
from matching.engine.screening import Screening

Rows = npt.NDArray[np.intp]

_FEW: Final = 8192
"""So few people need no guess: the bounds of all of them are had at once."""
_SAMPLE: Final = 2048
_WORTH_DROPPING: Final = 0.7
"""People are dropped where at most that share of those left is expected to stay."""

_ROUNDING: Final = 64
"""More than a bound loses by rounding up, so that people who all score the same do reach their guess."""


class Computed(NamedTuple):
    """Rows, ascending, with their fits (m, 7) and totals (m,)."""

    rows: Rows
    fits: Ints
    totals: Ints

    def best(self, top: int) -> tuple[Rows, Ints]:
        """The best, in rank order, and their fits."""
        at = best_positions(self.totals, top)
        return self.rows[at], self.fits[at]

    def reached(self, top: int) -> int:
        """A total that `top` people are known to reach; 0 where there are not so many."""
        if len(self.totals) < top:
            return 0
        return int(np.partition(self.totals, len(self.totals) - top)[len(self.totals) - top])


def best_rows(
    pool: Pool,
    query: VacancyQuery,
    weights: PartWeights,
    screening: Screening,
    top: int,
    *,
    threads: int = 1,
) -> tuple[Rows, Ints]:
    """The `top` best of the eligible in rank order, and their fits (k, 7)."""
    asked = (query.effective(query.weights), query.effective(weights))

    def computed(rows: Rows) -> Computed:
        fits = compute_fits(pool, query, rows, screening.group_fits(pool, rows))
        return Computed(rows, fits, score(fits, *asked).total)

    rows = screening.eligible
    if len(rows) <= _promising(top) or not top:
        return computed(rows if top else rows[:0]).best(top)
    bounds = bounds_for(pool, query, weights, screening.verdicts)
    steps, guess = _planned(bounds, rows, top) if len(rows) > _FEW else ([bounds], 0)
    while True:
        left, upper = _left(steps, rows, guess, threads)
        found = _settled(computed, left, upper, top)
        if found.reached(top) >= guess:
            return found.best(top)
        guess = found.reached(top)


def best_positions(totals: Ints, top: int) -> Rows:
    """Positions of the best, best first; equal ones in their order."""
    if len(totals) > top:
        last = np.partition(totals, len(totals) - top)[len(totals) - top]
        positions = np.flatnonzero(totals >= last)
    else:
        positions = np.arange(len(totals))
    order = np.argsort(-totals[positions], kind="stable")[:top]
    best: Rows = positions[order]
    return best


def _planned(bounds: list[Bound], rows: Rows, top: int) -> tuple[list[list[Bound]], int]:
    """The bounds in steps, and a total that is likely to be reached by more than `top` of the rows,
    but not by many more. Those bounds come first that tell people apart most for what they cost,
    and a step ends where so many can be dropped that looking for them pays."""
    sample = rows[:: max(len(rows) // _SAMPLE, 1)]
    values = np.array([bound.of(sample) - bound.most for bound in bounds])
    spread = [
        -sum(map(np.mean, unpacked(-found))) / bound.cost for found, bound in zip(values, bounds, strict=True)
    ]
    order = np.argsort(spread, kind="stable")
    sums = np.cumsum(values[order], axis=0) + sum(bound.most for bound in bounds)
    expected = top * len(sample) // len(rows) + 1
    enough = min(expected + 3 * isqrt(expected) + 4, len(sample))
    guess = max(int(np.partition(highest(sums[-1]), -enough)[-enough]) - _ROUNDING, 0)
    staying = np.count_nonzero(reaches(sums, guess), axis=1)
    steps: list[list[Bound]] = [[]]
    before = len(sample)
    for number, stay in zip(order.tolist(), staying.tolist(), strict=True):
        steps[-1].append(bounds[number])
        if stay < _WORTH_DROPPING * before:
            steps.append([])
            before = stay
    return steps, guess


def _left(steps: list[list[Bound]], rows: Rows, guess: int, threads: int) -> tuple[Rows, Ints]:
    """Who may reach the guess, and the total that each can reach."""
    everything = sum(bound.most for step in steps for bound in step)

    def sift(start: int, stop: int) -> tuple[Rows, Packed]:
        people = rows[start:stop]
        sums = np.full(len(people), everything, dtype=np.int64)
        for step in steps:
            for bound in step:
                sums += bound.of(people)
            sums -= sum(bound.most for bound in step)
            if guess:
                stays = np.flatnonzero(reaches(sums, guess))
                people, sums = people.take(stays), sums.take(stays)
        return people, sums

    blocks = in_blocks(sift, len(rows), threads)
    left = np.concatenate([people for people, _ in blocks])
    return left, highest(np.concatenate([sums for _, sums in blocks]))


def _settled(computed: Callable[[Rows], Computed], rows: Rows, upper: Ints, top: int) -> Computed:
    """The best of the rows in full, perhaps with others: nobody left out can be among them."""
    if len(rows) <= _promising(top):
        return computed(rows)
    chosen = np.zeros(len(rows), dtype=np.bool_)
    chosen[best_positions(upper, _promising(top))] = True
    found = computed(rows[chosen])
    also = ~chosen & (upper >= found.reached(top))
    return computed(rows[chosen | also]) if also.any() else found


def _promising(top: int) -> int:
    """How many are computed in full at once: the bounds' order is nearly that of the totals."""
    return top + top // 8 + 16
