"""Computing a stored ranking again from its stored inputs, and comparing byte for byte."""

from dataclasses import dataclass

import numpy as np

from matching.engine import (
    ENGINE_VERSION,
    CorruptSnapshot,
    PartWeights,
    Pool,
    RankingResult,
    VacancyQuery,
    pack,
    rank,
    tz_version,
)
from matching.engine.query_digest import digest_query
from matching.models import Ranking
from matching.queries.pool_files import PoolGone, pool_of
from matching.rules.stored_query import UnreadableQuery

COMPARED = ("candidate_ids", "scores", "employer_scores", "candidate_scores", "fits", "contributions")


class UnableToReplay(Exception):
    """The ranking cannot be computed again; the message says why."""


class PoolNotKept(UnableToReplay):
    """The state of the pool that it was made from is no longer kept."""


class OtherVersions(UnableToReplay):
    """It was made by another engine or with other time zone data than there is here."""


class StoredBytesAltered(UnableToReplay):
    """Something that was stored is not what was written; the message says which part."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of it. `other_versions` are sentences, empty when engine and time zone data are the same.

    `first_difference` is the place of the first byte that differs, None when all are the same. `same_outcome`: people,
    figures, counts and near misses are the same, whatever the versions in the header say.
    """

    size: int
    first_difference: int | None
    same_outcome: bool
    other_versions: tuple[str, ...]


def replay(ranking: Ranking, *, even_so: bool = False) -> Replayed:
    """Rank again from the stored pool, query, weights and length, and compare with the stored bytes.

    `even_so`: also with another engine or other time zone data, whose outcome may well differ. Raises UnableToReplay:
    PoolNotKept, OtherVersions or StoredBytesAltered.
    """
    stored = _stored(ranking)
    others = _other_versions(stored)
    if others and not even_so:
        raise OtherVersions(" ".join(others))
    query, weights = _query(ranking, stored, same_versions=not others)
    result = rank(_pool(ranking, stored), query, weights, ranking.top)
    was, now = bytes(ranking.packed), pack(result)
    return Replayed(len(was), _first_difference(was, now), _same_outcome(stored, result), others)


def _stored(ranking: Ranking) -> RankingResult:
    """The stored result, which the columns beside it have to agree with."""
    try:
        stored = ranking.result
    except CorruptSnapshot as error:
        raise StoredBytesAltered(f"The stored result is not what was written: {error}.") from error
    columns = {
        "engine_version": stored.engine_version,
        "tz_version": stored.tz_version,
        "input_digest": stored.input_digest,
        "people": stored.waterfall.everyone,
        "eligible": stored.eligible,
    }
    for name, packed in columns.items():
        if getattr(ranking, name) != packed:
            raise StoredBytesAltered(f"The stored column {name} and the stored result contradict each other.")
    return stored


def _other_versions(stored: RankingResult) -> tuple[str, ...]:
    said = []
    if stored.engine_version != ENGINE_VERSION:
        said.append(f"It was made by engine {stored.engine_version}; this is engine {ENGINE_VERSION}.")
    if stored.tz_version != tz_version():
        said.append(f"It was made with time zone data {stored.tz_version}; here is {tz_version()}.")
    return tuple(said)


def _query(
    ranking: Ranking, stored: RankingResult, *, same_versions: bool
) -> tuple[VacancyQuery, PartWeights]:
    try:
        query, weights = ranking.stored_query(), ranking.stored_candidate_weights()
    except UnreadableQuery as error:
        if same_versions:
            raise StoredBytesAltered(f"The stored query is not what was written: {error}.") from error
        raise OtherVersions(f"This engine cannot read the stored query: {error}.") from error
    if same_versions and digest_query(query, weights) != stored.query_digest:
        raise StoredBytesAltered("The stored query or weights are not those that were ranked.")
    return query, weights


def _pool(ranking: Ranking, stored: RankingResult) -> Pool:
    version = ranking.pool
    if version is None:
        raise PoolNotKept("This ranking was made before states of the pool were kept.")
    if version.digest != stored.pool_digest.hex():
        raise StoredBytesAltered("The ranking points to another state of the pool than it was made from.")
    try:
        return pool_of(version)
    except PoolGone as error:
        raise PoolNotKept(f"The state {version.digest} of the pool is no longer kept.") from error
    except CorruptSnapshot as error:
        raise StoredBytesAltered(f"The stored pool is not what was written: {error}.") from error


def _first_difference(was: bytes, now: bytes) -> int | None:
    if was == now:
        return None
    pairs = zip(was, now, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(was), len(now)))


def _same_outcome(stored: RankingResult, result: RankingResult) -> bool:
    return (
        stored.waterfall == result.waterfall
        and stored.near_misses == result.near_misses
        and all(np.array_equal(getattr(stored, name), getattr(result, name)) for name in COMPARED)
    )
