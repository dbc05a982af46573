"""Total scores of everybody eligible, for a picture of them all; the best alone are found in `best.py`.

The same integers as `compute_fits` and `score` give; what groups of columns decide is looked up.
"""

import numpy as np
import numpy.typing as npt

from matching.engine.blocks import in_blocks
from matching.engine.fits import PART_FITS
from matching.engine.parts import PARTS, Part, PartWeights
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.scale import SCALE, Ints, apportion
from matching.engine.score import harmonic
from matching.engine.screening import Screening

Shares = npt.NDArray[np.int32]


def total_scores(
    pool: Pool, query: VacancyQuery, weights: PartWeights, screening: Screening, *, threads: int = 1
) -> Ints:
    """int64 (m,): S of the eligible, in the order of `screening.eligible`."""
    sides = (apportion(query.effective(query.weights)), apportion(query.effective(weights)))
    weighing = {part: pair for part, *pair in zip(PARTS, *sides, strict=True) if any(pair)}
    shares = _group_shares(pool, screening, weighing)

    def score_span(start: int, stop: int) -> Ints:
        rows = screening.eligible[start:stop]
        employer = np.zeros(len(rows), dtype=np.int32)
        candidate = np.zeros(len(rows), dtype=np.int32)
        for codes, by_employer, by_candidate in shares:
            entries = codes.take(rows)
            employer += by_employer.take(entries)
            candidate += by_candidate.take(entries)
        for part, fit_of in PART_FITS.items():
            if part not in weighing:
                continue
            fit = fit_of(pool, query, rows)
            employer += fit * weighing[part][0] // SCALE
            candidate += fit * weighing[part][1] // SCALE
        return harmonic(employer.astype(np.int64), candidate.astype(np.int64))

    scored = in_blocks(score_span, len(screening.eligible), threads)
    return np.concatenate(scored) if scored else np.zeros(0, dtype=np.int64)


def _group_shares(
    pool: Pool, screening: Screening, weighing: dict[Part, list[int]]
) -> list[tuple[npt.NDArray[np.int32], Shares, Shares]]:
    """The people's codes, and what each entry adds for employer and candidate, for each part that a group decides."""
    groups, verdicts = pool.groups, screening.verdicts
    tables = {
        Part.TIME: (groups.calendar, verdicts.calendar),
        Part.PAY: (groups.pay, verdicts.pay),
        Part.COMMITMENT: (groups.terms, verdicts.terms),
    }
    shares = []
    for part, (group, table) in tables.items():
        if part in weighing:
            employer, candidate = weighing[part]
            shares.append((group.codes, _share(table.fits, employer), _share(table.fits, candidate)))
    return shares


def _share(fits: Shares, weight: int) -> Shares:
    share: Shares = (fits.astype(np.int64) * weight // SCALE).astype(np.int32)
    return share
