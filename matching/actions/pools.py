"""Letting go of what no ranking and no process needs any more: the log of changes, and old states of the pool."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Q

from candidates.models.change import EVERYBODY, CandidateChange
from matching.models import PoolChunk, PoolVersion, RankingJob, RankingState
from vacancies.enums import VacancyState

# One statement, and so one snapshot: whatever commits meanwhile is not seen, and not taken for another server's.
_FORGET = f"""
WITH here AS (
    SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS ahead,
           pg_current_xact_id_if_assigned()::text::bigint AS mine
), forgotten AS (
    DELETE FROM candidates_change USING here
    WHERE xid >= ahead AND xid IS DISTINCT FROM mine AND (xid, candidate_id) <> (ahead, {EVERYBODY})
    RETURNING xid
)
INSERT INTO candidates_change (xid, candidate_id)
SELECT ahead, {EVERYBODY} FROM here
WHERE EXISTS (SELECT FROM forgotten)
   OR NOT EXISTS (SELECT FROM candidates_change WHERE candidate_id = {EVERYBODY})
ON CONFLICT DO NOTHING
"""  # noqa: S608


def purge_pools(*, now: datetime) -> tuple[int, int]:
    """Cut the log, and delete the states of the pool nobody refers to and the content of old ones.

    Returns rows of the log and states of the pool deleted or emptied.
    """
    return _cut_log(now), _delete_spare(now) + _empty_old(now)


@transaction.atomic
def _cut_log(now: datetime) -> int:
    """Delete what is older than POOL_LOG_DAYS, and note up to where, for readers who have not looked since."""
    _forget_foreign()
    old = CandidateChange.objects.filter(at__lt=now - timedelta(days=settings.POOL_LOG_DAYS))
    last = old.exclude(candidate_id=EVERYBODY).aggregate(last=Max("xid"))["last"]
    if last is None:
        return 0
    cut = CandidateChange.objects.filter(xid__lte=last)
    deleted, _by_model = cut.exclude(candidate_id=EVERYBODY).delete()
    cut.delete()
    CandidateChange.objects.create(xid=last, candidate_id=EVERYBODY, at=now)
    return deleted


def _forget_foreign() -> None:
    """Transactions that this server has yet to begin were noted by another one: the tables are a restored copy.

    Nothing is known then about what came before now.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)


def _delete_spare(now: datetime) -> int:
    """States without a ranking that are not the newest and that nothing grew from; then those that they grew from."""
    newest = PoolVersion.objects.order_by("-made_at", "-pk").values("pk")[:1]
    old = PoolVersion.objects.filter(made_at__lt=now - timedelta(hours=settings.POOL_SPARE_HOURS))
    deleted = 0
    while True:
        spare = old.filter(children=None, family=None, rankings=None).exclude(pk__in=newest)
        keys = list(spare.exclude(pk__in=RankingJob.objects.values("pool")).values_list("pk", flat=True))
        if not keys:
            return deleted
        PoolVersion.objects.filter(pk__in=keys).delete()
        deleted += len(keys)


@transaction.atomic
def _empty_old(now: datetime) -> int:
    """Delete the content of whole families in which nothing is younger than POOL_VERSION_DAYS; the digests stay.

    What the current ranking of a vacancy that is not closed was made from stays, however old it is.
    """
    current = RankingState.objects.exclude(vacancy__state=VacancyState.CLOSED).values("current__pool")
    recent = Q(made_at__gte=now - timedelta(days=settings.POOL_VERSION_DAYS))
    young = PoolVersion.objects.filter(recent | Q(pk__in=current))
    old = PoolVersion.objects.filter(emptied_at=None).exclude(pk__in=young.values("pk"))
    old = old.exclude(pk__in=young.exclude(base=None).values("base"))
    old = old.exclude(base__in=young.exclude(base=None).values("base"))
    keys = list(old.values_list("pk", flat=True))
    PoolChunk.objects.filter(version__in=keys).delete()
    return PoolVersion.objects.filter(pk__in=keys).update(emptied_at=now, gone=[])
