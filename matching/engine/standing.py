"""Where a score would stand among the people of a stored ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from matching.engine.scale import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The best of a ranking: `ids` and `scores` int64 (k,), best first; `eligible`: how many there are in all."""

    ids: Ints
    scores: Ints
    eligible: int

    @classmethod
    def of(cls, ids: Sequence[int] | Ints, scores: Sequence[int] | Ints, eligible: int) -> Self:
        """From whatever holds whole numbers."""
        return cls(np.asarray(ids, dtype=np.int64), np.asarray(scores, dtype=np.int64), eligible)

    def place_of(self, candidate_id: int, score: int) -> int | None:
        """1-based place that the person would have with `score`, all others unchanged.

        Higher scores stand before, equal ones by candidate id, as in the ranking. None below the people kept,
        where it is not known how many stand between.
        """
        others = self.ids != candidate_id
        better = (self.scores > score) | ((self.scores == score) & (self.ids < candidate_id))
        place = int(np.count_nonzero(better & others)) + 1
        all_kept = len(self.ids) >= self.eligible
        return place if all_kept or place <= int(np.count_nonzero(others)) else None
