"""Telling matching that something it reads about a person has changed, here or in a room above."""

from datetime import datetime, timedelta

from django.db.models import F, Value
from django.db.models.functions import Greatest

from candidates.models import Candidate
from common.queue import enqueue


def note_change(*, candidate: Candidate, now: datetime) -> None:
    """Move `changed_at` to `now`, never backwards, and have the person ranked anew; in the caller's transaction.

    The instance in hand keeps its old `changed_at`: the row may have moved further than it knows.
    """
    later = Greatest(Value(now), F("changed_at") + timedelta(microseconds=1))
    Candidate.objects.filter(pk=candidate.pk).update(changed_at=later)
    enqueue("matching.refresh_candidate", candidate_id=candidate.pk)
