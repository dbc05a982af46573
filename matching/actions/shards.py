"""Making one ranking on several workers: a job, its shards, and the merge by whoever finishes last."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.utils import IntegrityError

from common.queue import enqueue
from matching.actions.storing import Reading, Run, as_mapping, store
from matching.engine import (
    CorruptSnapshot,
    PartWeights,
    UnableToMerge,
    VacancyQuery,
    merge,
    pack,
    rank,
    unpack,
)
from matching.engine.query_digest import digest_query
from matching.models import PoolVersion, Ranking, RankingJob, RankingShard
from matching.queries.pool_files import PoolGone
from matching.queries.shard_pool import shard_of
from matching.rules.stored_query import UnreadableQuery, query_of, query_text, weights_of
from vacancies.models import Vacancy

logger = logging.getLogger(__name__)


@transaction.atomic
def start_job(*, query: VacancyQuery, weights: PartWeights, top: int, reading: Reading) -> RankingJob:
    """Have a vacancy ranked in shards. A job for the same query that is under way is left to finish.

    So however often people change, jobs come to an end; the rounds then see who changed meanwhile.
    """
    digest = digest_query(query, weights).hex()
    job = RankingJob.objects.select_for_update().filter(vacancy=reading.vacancy_id).first()
    if job and (job.version_id, job.query_digest) == (reading.version_id, digest):
        if job.asked_at <= _long_ago(reading.now):
            _ask(job, reading.now)
        return job
    if job:
        job.delete()
    made = RankingJob.objects.create(
        vacancy_id=reading.vacancy_id,
        version_id=reading.version_id,
        pool=reading.pool(),
        query=query_text(query),
        query_digest=digest,
        candidate_weights=as_mapping(weights),
        top=top,
        of=settings.RANKING_SHARDS,
        read_at=reading.now,
        team_as_of=reading.team_as_of,
        on=reading.on,
        fingerprint=reading.fingerprint,
        basis=reading.basis,
        people_seen=reading.seen,
        snapshot=reading.snapshot,
        asked_at=reading.now,
    )
    _ask(made, reading.now)
    return made


def without_job(vacancies: QuerySet[Vacancy], now: datetime) -> QuerySet[Vacancy]:
    """Those of some vacancies for whose version no job is under way, or has been for too long."""
    under_way = Q(ranking_job__version=F("current"), ranking_job__asked_at__gt=_long_ago(now))
    return vacancies.exclude(under_way)


def rank_shard(*, job_id: int, number: int, now: datetime) -> Ranking | None:
    """Rank one shard of a job and keep what it came to; whoever brings the last one merges and stores the ranking.

    A job that is gone, and a shard that is there already, are left alone.
    """
    job = RankingJob.objects.select_related("pool").filter(pk=job_id).first()
    if job is None or not 0 <= number < job.of:
        return None
    try:
        if not job.shards.filter(number=number).exists():
            _bring(job, number, now)
        return _finished(job_id)
    except (PoolGone, CorruptSnapshot, UnableToMerge, UnreadableQuery) as error:
        logger.warning("job %s is given up, a round starts another: %s", job, error)
        RankingJob.objects.filter(pk=job_id).delete()
        return None


def _bring(job: RankingJob, number: int, now: datetime) -> None:
    rows = shard_of(job.pool, number, job.of, now.date())
    result = rank(rows, query_of(job.query), weights_of(job.candidate_weights), job.top)
    # The job may be gone by now, and another worker may have brought this shard.
    with suppress(IntegrityError), transaction.atomic():
        RankingShard.objects.create(job=job, number=number, packed=pack(result))


@transaction.atomic
def _finished(job_id: int) -> Ranking | None:
    """Merge and store once every shard is there. The job's lock lets one do it, after all others have committed."""
    job = RankingJob.objects.select_for_update(of=("self",)).select_related("pool").filter(pk=job_id).first()
    if job is None:
        return None
    packed = list(job.shards.order_by("number").values_list("packed", flat=True))
    if len(packed) < job.of:
        return None
    result = merge([unpack(bytes(one)) for one in packed], job.top)
    run = Run(query_of(job.query), weights_of(job.candidate_weights), job.top, result)
    reading = _reading(job, job.pool)
    job.delete()
    return store(run, reading)


def _reading(job: RankingJob, pool: PoolVersion) -> Reading:
    return Reading(
        vacancy_id=job.vacancy_id,
        version_id=job.version_id,
        team_as_of=job.team_as_of,
        on=job.on,
        now=job.read_at,
        fingerprint=job.fingerprint,
        basis=job.basis,
        seen=job.people_seen,
        snapshot=job.snapshot,
        pool=lambda: pool,
    )


def _long_ago(now: datetime) -> datetime:
    """Of a job asked for before that some messages may be lost. A doubled one costs work and changes nothing."""
    return now - timedelta(seconds=settings.RANKING_JOB_SECONDS)


def _ask(job: RankingJob, now: datetime) -> None:
    """A message for every shard that is not there yet."""
    there = set(job.shards.values_list("number", flat=True))
    RankingJob.objects.filter(pk=job.pk).update(asked_at=now)
    for number in range(job.of):
        if number not in there:
            enqueue("matching.rank_shard", job_id=job.pk, number=number)
