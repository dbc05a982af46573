"""What every engine hands back, so that all can be compared to the last digit before any of them is timed."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from matching.engine import CODES, SOFT, Pool, RankingResult, VacancyQuery, rank
from matching.engine.pool import KeptVerdicts

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
    """The engine of the market, with what every peer is handed kept from an earlier ranking of the same vacancy:
    the terms by place and the hours facts."""

    name = "ours"

    def __init__(self, pool: Pool, threads: int = os.cpu_count() or 1) -> None:
        self.pool, self.threads = pool, threads

    def prepare(self, query: VacancyQuery) -> None:
        self.query, self.kept = query, KeptVerdicts.nothing()
        _ = self.pool.digest  # comes with a worker's pool
        self.ranked()

    def run(self) -> Outcome:
        return outcome_of(self.ranked())

    def ranked(self) -> RankingResult:
        # Pay and hours a week by their combinations are kept too, but no peer is handed them.
        return self._rank(self.query, KeptVerdicts.nothing()._replace(calendar=self.kept.calendar))

    def _rank(self, query: VacancyQuery, kept: KeptVerdicts) -> RankingResult:
        self.pool.__dict__["verdicts"] = kept
        return rank(self.pool, query, top=TOP, threads=self.threads)


class OursCompiling(Ours):
    """The same engine, which has never seen the vacancy before."""

    name = "ours, compiling too"

    def ranked(self) -> RankingResult:
        return self._rank(replace(self.query), KeptVerdicts.nothing())


class OursAgain(Ours):
    """The same engine with all that it keeps of a vacancy ranked before."""

    name = "ours, ranked before"

    def ranked(self) -> RankingResult:
        return self._rank(self.query, self.kept)


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
