"""Ranking a pool, or its shards: the same bytes for every order of rows and every cut.

Rank order: total score downwards, ties by candidate id upwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine.best import best_rows
from matching.engine.codes import CODES, SOFT, Code
from matching.engine.errors import UnableToMerge
from matching.engine.parts import PartWeights
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.query_digest import digest_query
from matching.engine.scale import Ints
from matching.engine.score import contributions, score
from matching.engine.screening import Screening, Waterfall, screen
from matching.engine.version import ENGINE_VERSION
from matching.engine.weights import CANDIDATE_WEIGHTS
from matching.engine.zones import tz_version

NEAR_MISS_LIMIT: Final = 500
"""At most that many ids are kept for each near-miss reason, the lowest; the count is complete."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """People who fail for nothing but open questions, by the first of them."""

    code: Code
    count: int
    candidate_ids: tuple[int, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class RankingResult:
    """A run. k = min(top, eligible) rows in rank order.

    candidate_ids int64 (k,); scores, employer_scores, candidate_scores int64 (k,) in 1/10**7;
    fits, contributions int64 (k, 7) in part order; contributions add up to scores exactly.
    pool_digest covers all rows scanned; query_digest the query, both weights and all versions.
    """

    candidate_ids: npt.NDArray[np.int64]
    scores: Ints
    employer_scores: Ints
    candidate_scores: Ints
    fits: Ints
    contributions: Ints
    waterfall: Waterfall
    near_misses: tuple[NearMiss, ...]
    pool_digest: bytes
    query_digest: bytes
    engine_version: str
    tz_version: str

    def __len__(self) -> int:
        return len(self.candidate_ids)

    @property
    def ranks(self) -> Ints:
        """1..k."""
        return np.arange(1, len(self) + 1, dtype=np.int64)

    @property
    def eligible(self) -> int:
        """How many people passed every gate."""
        return self.waterfall.eligible

    @cached_property
    def input_digest(self) -> str:
        """SHA-256, hexadecimal, over everything that the outcome depends on."""
        return sha256(self.pool_digest + self.query_digest).hexdigest()

    def rank_of(self, candidate_id: int) -> int | None:
        """1-based rank, or None for somebody who is not among the k."""
        found = np.flatnonzero(self.candidate_ids == candidate_id)
        return int(found[0]) + 1 if len(found) else None


def rank(
    pool: Pool,
    query: VacancyQuery,
    weights: PartWeights = CANDIDATE_WEIGHTS,
    top: int = 200,
    *,
    threads: int = 1,
) -> RankingResult:
    """Rank everyone in `pool` for `query`; keep the best `top`.

    `weights` are the candidates' (platform defaults); the employer's are part of the query.
    `threads` changes the time taken and nothing else.
    """
    if top < 0:
        raise ValueError("top must not be negative")
    screening = screen(pool, query, threads=threads)
    rows, fits = best_rows(pool, query, weights, screening, top, threads=threads)
    by_employer, by_candidate = query.effective(query.weights), query.effective(weights)
    scores = score(fits, by_employer, by_candidate)
    return RankingResult(
        candidate_ids=pool.candidate_id[rows],
        scores=scores.total,
        employer_scores=scores.employer,
        candidate_scores=scores.candidate,
        fits=fits,
        contributions=contributions(fits, by_employer, by_candidate),
        waterfall=screening.waterfall,
        near_misses=_near_misses(pool, screening),
        pool_digest=pool.digest,
        query_digest=digest_query(query, weights),
        engine_version=ENGINE_VERSION,
        tz_version=tz_version(),
    )


def merge(results: Sequence[RankingResult], top: int = 200) -> RankingResult:
    """The ranking of all shards together: the same as ranking the whole pool.

    Raises `UnableToMerge` for shards of different runs, with the same person in two of them, or
    cut shorter than `top`.
    """
    _check_mergeable(results, top)
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(result, name) for result in results]) for name in _ROW_FIELDS
    }
    ids = joined["candidate_ids"]
    if len(np.unique(ids)) != len(ids):
        raise UnableToMerge("a candidate appears in two shards")
    best = np.lexsort((ids, -joined["scores"]))[:top]
    return RankingResult(
        **{name: values[best] for name, values in joined.items()},
        waterfall=sum((r.waterfall for r in results[1:]), results[0].waterfall),
        near_misses=_merged_near_misses(results),
        pool_digest=_added([result.pool_digest for result in results]),
        query_digest=results[0].query_digest,
        engine_version=results[0].engine_version,
        tz_version=results[0].tz_version,
    )


_ROW_FIELDS: Final = (
    "candidate_ids",
    "scores",
    "employer_scores",
    "candidate_scores",
    "fits",
    "contributions",
)


def _near_misses(pool: Pool, screening: Screening) -> tuple[NearMiss, ...]:
    reasons = screening.near_reasons
    found = []
    for code in CODES:
        if code not in SOFT:
            continue
        rows = screening.near_misses[reasons == code.number]
        if len(rows):
            ids = pool.candidate_id[rows[:NEAR_MISS_LIMIT]].tolist()
            found.append(NearMiss(code, len(rows), tuple(ids)))
    return tuple(found)


def _merged_near_misses(results: Sequence[RankingResult]) -> tuple[NearMiss, ...]:
    merged = []
    for code in CODES:
        same = [miss for r in results for miss in r.near_misses if miss.code == code]
        if same:
            ids = sorted(one for miss in same for one in miss.candidate_ids)
            count = sum(miss.count for miss in same)
            merged.append(NearMiss(code, count, tuple(ids[:NEAR_MISS_LIMIT])))
    return tuple(merged)


def _check_mergeable(results: Sequence[RankingResult], top: int) -> None:
    if not results:
        raise UnableToMerge("there is no shard")
    versions = {(r.query_digest, r.engine_version, r.tz_version) for r in results}
    if len(versions) > 1:
        raise UnableToMerge("the shards were ranked for different queries or versions")
    if any(len(result) < min(top, result.eligible) for result in results):
        raise UnableToMerge(f"a shard keeps fewer than the {top} best asked for")


def _added(digests: Sequence[bytes]) -> bytes:
    lanes = np.array([np.frombuffer(digest, dtype="<u8") for digest in digests], dtype=np.uint64)
    packed: bytes = lanes.sum(axis=0, dtype=np.uint64).astype("<u8").tobytes()
    return packed
