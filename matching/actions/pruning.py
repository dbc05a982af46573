"""Letting go of rankings and rounds of long ago, a few at a time.

What held at any moment of the days kept stays: a row's time begins when the next one took its place. So whoever acts on
what holds now refers to nothing that is about to go.
"""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from matching.models import AllocationRound, ExposureReport, Ranking
from matching.queries.unused import Stored, unused

AT_ONCE: Final = 500
"""Rows that one transaction deletes at most."""
BATCHES: Final = 40
"""Transactions of one run at most; the next run goes on."""


def prune_rankings(*, now: datetime, at_once: int = AT_ONCE, batches: int = BATCHES) -> int:
    """Delete rankings nothing refers to that were replaced more than RANKINGS_KEPT_DAYS ago; returns how many.

    The states of the pool that only they were made from go with the next `purge_pools`.
    """
    before = now - timedelta(days=settings.RANKINGS_KEPT_DAYS)
    return _prune(Ranking.objects.all(), before, at_once, batches, of="vacancy")


def prune_rounds(*, now: datetime, at_once: int = AT_ONCE, batches: int = BATCHES) -> int:
    """Delete exposure reports, and rounds nothing refers to, that were followed by another more than ROUNDS_KEPT_DAYS ago.

    Returns how many. The database lets no younger one go than half a year, whatever is asked here.
    """
    before = now - timedelta(days=settings.ROUNDS_KEPT_DAYS)
    reports = _prune(ExposureReport.objects.all(), before, at_once, batches)
    return reports + _prune(AllocationRound.objects.all(), before, at_once, batches)


def _prune(rows: QuerySet[Stored], before: datetime, at_once: int, batches: int, *, of: str = "") -> int:
    """From the oldest on, each batch in a transaction of its own, so that whoever is stopped loses nothing but a batch."""
    deleted, behind = 0, Q()
    for _batch in range(batches):
        with transaction.atomic():
            old = unused(_replaced(rows, before, of)).filter(behind).order_by("made_at", "pk")
            mine = old.select_for_update(skip_locked=True, of=("self",))
            found = list(mine.values_list("made_at", "pk")[:at_once])
            deleted += _delete(rows, [key for _made_at, key in found]) if found else 0
        if len(found) < at_once:
            break
        made_at, key = found[-1]
        # Asked for twice, so that the index begins there.
        behind = Q(made_at__gte=made_at) & (Q(made_at__gt=made_at) | Q(pk__gt=key))
    return deleted


def _replaced(rows: QuerySet[Stored], before: datetime, of: str) -> QuerySet[Stored]:
    """Rows that another one of the same `of` followed, and that before then."""
    same = {of: OuterRef(of)} if of else {}
    followers = rows.filter(made_at__lt=before, pk__gt=OuterRef("pk"), **same)
    return rows.filter(Exists(followers), made_at__lt=before)


def _delete(rows: QuerySet[Stored], locked: list[int]) -> int:
    """Asked again who refers to them: that may have been committed between reading the rows and locking them.

    From now on nobody can: a foreign key needs a lock that these rows do not give.
    """
    spare = unused(rows.filter(pk__in=locked))
    return spare._raw_delete(spare.db)
