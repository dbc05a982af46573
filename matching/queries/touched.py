"""Which rankings some changed people touch: those they stand in, and those they would enter now."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from django.db.models import Q

from matching.engine import CODES, SOFT, Pool, RankingResult, VacancyQuery
from matching.models import RankingState
from matching.queries.book import judged

NEAR_CODES = tuple(code for code in CODES if code in SOFT)
"""The reasons of near misses, in the order of `RankingState.near_limits`."""


class Threshold(NamedTuple):
    """What it takes to enter a ranking: see RankingState. Without a last place the list is not full."""

    last_score: int | None
    last_candidate: int | None
    near_limits: list[int]

    def entered_by(self, result: RankingResult) -> bool:
        """Whether anybody of a ranking of a few people would be kept: in the list, or as a near miss."""
        return self._listed(result) or self._near_missed(result)

    def _listed(self, result: RankingResult) -> bool:
        if not len(result):
            return False
        if self.last_score is None or self.last_candidate is None:
            return True
        better = result.scores > self.last_score
        tied = (result.scores == self.last_score) & (result.candidate_ids < self.last_candidate)
        return bool(np.any(better | tied))

    def _near_missed(self, result: RankingResult) -> bool:
        limits = dict(zip(NEAR_CODES, self.near_limits, strict=True))
        return any(min(miss.candidate_ids) < limits[miss.code] for miss in result.near_misses)


def touched_by(changed: Iterable[int], pool: Pool, queries: Mapping[int, VacancyQuery]) -> set[int]:
    """Keys of vacancies whose ranking the changed people (ids) stand in, or enter as they are in `pool` now."""
    ids = np.array(sorted(changed), dtype=np.int64)
    standing = RankingState.objects.filter(
        Q(listed__overlap=ids.tolist()) | Q(near_missed__overlap=ids.tolist())
    )
    touched = set(standing.values_list("vacancy", flat=True))
    rows = np.flatnonzero(np.isin(pool.candidate_id, ids, assume_unique=True))
    if not len(rows):
        return touched
    thresholds = {
        vacancy: Threshold(score, candidate, limits)
        for vacancy, score, candidate, limits in RankingState.objects.filter(waiting=False, problem="").values_list(
            "vacancy", "last_score", "last_candidate", "near_limits"
        )
        if vacancy not in touched
    }
    others = {one: query for one, query in queries.items() if one in thresholds}
    for vacancy, result in judged(others, pool.take(rows)):
        if vacancy not in touched and thresholds[vacancy].entered_by(result):
            touched.add(vacancy)
    return touched
