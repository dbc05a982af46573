"""Which rankings some changed people touch: those they stand in, and those they would enter now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from django.db.models import Q

from matching.engine import CODES, SOFT, Pool
from matching.models import RankingState
from matching.queries.book import OpenBook

NEAR_CODES = tuple(code for code in CODES if code in SOFT)
"""The reasons of near misses, in the order of `RankingState.near_limits`."""

JUDGED_AT_ONCE = 500
READ_AT_ONCE = 5000
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Standings:
    """People who are not lost at some vacancies, one entry a pair: keys, the reason (0 = eligible), the score."""

    vacancies: Ints
    people: Ints
    reasons: npt.NDArray[np.uint8]
    scores: Ints

    @classmethod
    def of(cls, opened: OpenBook, pool: Pool, rows: npt.NDArray[np.intp]) -> Self:
        """How the people of some rows stand at every vacancy of a book."""
        found = [opened.book.judge(pool, int(row)) for row in rows]
        sizes = [len(one.vacancies) for one in found]
        return cls(
            np.concatenate([opened.keys[one.vacancies] for one in found]),
            np.repeat(pool.candidate_id[rows], sizes),
            np.concatenate([one.first_reasons for one in found]),
            np.concatenate([one.scores for one in found]),
        )

    def entered(self) -> Iterator[int]:
        """Keys of vacancies whose list, or near misses, somebody would enter. In one query for some thousands."""
        keys = np.unique(self.vacancies)
        for start in range(0, len(keys), READ_AT_ONCE):
            for row in _thresholds(keys[start : start + READ_AT_ONCE].tolist()):
                first, end = np.searchsorted(self.vacancies, [row[0], row[0] + 1])
                if self._enters(slice(first, end), *row[1:]):
                    yield row[0]

    def ordered(self) -> Self:
        """The same by vacancy."""
        order = np.argsort(self.vacancies, kind="stable")
        return type(self)(self.vacancies[order], self.people[order], self.reasons[order], self.scores[order])

    def _enters(
        self, at: slice, last_score: int | None, last_candidate: int | None, near_limits: list[int]
    ) -> bool:
        people, reasons, scores = self.people[at], self.reasons[at], self.scores[at]
        eligible = reasons == 0
        if last_score is None or last_candidate is None:  # the list is not full
            listed = eligible
        else:
            tied = (scores == last_score) & (people < last_candidate)
            listed = eligible & ((scores > last_score) | tied)
        if listed.any():
            return True
        return any(
            bool(np.any((reasons == code.number) & (people < limit)))
            for code, limit in zip(NEAR_CODES, near_limits, strict=True)
        )


def touched_by(changed: Iterable[int], pool: Pool, opened: OpenBook) -> set[int]:
    """Keys of vacancies whose ranking the changed people (ids) stand in, or enter as they are in `pool` now."""
    ids = np.array(sorted(changed), dtype=np.int64)
    touched: set[int] = set()
    for start in range(0, len(ids), JUDGED_AT_ONCE):
        some = ids[start : start + JUDGED_AT_ONCE]
        touched.update(_standing_in(some.tolist()))
        rows = np.searchsorted(pool.candidate_id, some)
        here = rows < len(pool)
        here[here] = pool.candidate_id[rows[here]] == some[here]
        if here.any() and len(opened.keys):
            touched.update(Standings.of(opened, pool, rows[here]).ordered().entered())
    return touched


def _standing_in(people: list[int]) -> Iterable[int]:
    standing = Q(listed__overlap=people) | Q(near_missed__overlap=people)
    return RankingState.objects.filter(standing).values_list("vacancy", flat=True)


def _thresholds(keys: list[int]) -> Iterable[tuple[int, int | None, int | None, list[int]]]:
    states = RankingState.objects.filter(vacancy__in=keys, waiting=False, problem="")
    return states.values_list("vacancy", "last_score", "last_candidate", "near_limits")
