"""What every engine hands back, so that all can be compared to the last digit before any of them is timed."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from matching.engine import CODES, SOFT, Pool, RankingResult, VacancyQuery, rank, screening

TOP = 200
SOFT_NUMBERS = tuple(code.number for code in CODES if code in SOFT)
NEAR = 100
"""Added to the number of a first reason that belongs to a near miss."""


@dataclass(frozen=True)
class Outcome:
    """`failed`: people at the first gate failed, one count a code. `near_misses`: one count a soft code.

    The best TOP in rank order: ids, scores of both sides and together, and the seven fits of each.
    """

    eligible: int
    failed: tuple[int, ...]
    near_misses: tuple[int, ...]
    ids: tuple[int, ...]
    scores: tuple[int, ...]
    by_employer: tuple[int, ...]
    by_candidate: tuple[int, ...]
    fits: tuple[tuple[int, ...], ...]

    def differences(self, other: "Outcome") -> list[str]:
        """Names of what differs."""
        return [one.name for one in fields(self) if getattr(self, one.name) != getattr(other, one.name)]


class Engine(Protocol):
    """Anything that does the full job. `prepare` is not timed, `run` is."""

    name: str

    def prepare(self, query: VacancyQuery) -> None:
        """Take the vacancy's lookup tables in, and compile what can be compiled."""

    def run(self) -> Outcome:
        """Judge and score everybody."""


class Ours:
    """The engine of the market, with its own compiling of the vacancy inside the timing."""

    name = "ours"

    def __init__(self, pool: Pool, threads: int = os.cpu_count() or 1) -> None:
        self.pool, self.threads = pool, threads

    def prepare(self, query: VacancyQuery) -> None:
        self.query = query
        _ = self.pool.digest  # comes with a worker's pool

    def run(self) -> Outcome:
        return outcome_of(self.ranked())

    def ranked(self) -> RankingResult:
        # A new query each time: what an earlier run worked out from it does not count.
        return rank(self.pool, replace(self.query), top=TOP, threads=self.threads)


class OursGivenHours(Ours):
    """The same engine, handed the hours facts of all distinct triples as the peers are."""

    name = "ours, hours given"

    def prepare(self, query: VacancyQuery) -> None:
        super().prepare(query)
        every = np.arange(len(self.pool.groups.calendar), dtype=np.int32)
        self.measured = screening.measure_used(self.pool, query, every)

    def run(self) -> Outcome:
        pair = getattr(self.measured, "_make", tuple)

        def given(pool: Pool, query: VacancyQuery, codes: npt.NDArray[np.int32]) -> Any:
            entries = screening.used_entries(codes, len(pool.groups.calendar))
            return pair((entries, self.measured[1].at(entries)))

        with patch.object(screening, "measure_used", given):
            return super().run()


def outcome_of(result: RankingResult) -> Outcome:
    near = {miss.code.number: miss.count for miss in result.near_misses}
    return Outcome(
        result.eligible,
        tuple(result.waterfall.failed),
        tuple(near.get(number, 0) for number in SOFT_NUMBERS),
        *(tuple(getattr(result, name).tolist()) for name in ("candidate_ids", "scores")),
        *(tuple(getattr(result, name).tolist()) for name in ("employer_scores", "candidate_scores")),
        tuple(map(tuple, result.fits.tolist())),
    )


def outcome_from(counts: dict[int, int], best: Sequence[Sequence[int]] | npt.NDArray[np.int64]) -> Outcome:
    """From how often each first reason occurs (0 = eligible, NEAR + number = near miss), and the best as rows of
    id, total, employer's score, candidate's score, seven fits."""
    rows = [tuple(int(value) for value in row) for row in best]
    return Outcome(
        counts.get(0, 0),
        tuple(counts.get(code.number, 0) + counts.get(NEAR + code.number, 0) for code in CODES),
        tuple(counts.get(NEAR + number, 0) for number in SOFT_NUMBERS),
        *(tuple(row[number] for row in rows) for number in range(4)),
        tuple(row[4:] for row in rows),
    )
