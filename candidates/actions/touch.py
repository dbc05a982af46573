"""Marking a candidate as changed by a room above: a new measurement changes what matching reads."""

from datetime import datetime, timedelta

from django.db.models import F, Value
from django.db.models.functions import Greatest

from candidates.models import Candidate


def mark_changed(*, candidate: Candidate, now: datetime) -> None:
    """Move `changed_at` to `now`, never backwards, in one UPDATE within the caller's transaction."""
    later = Greatest(Value(now), F("changed_at") + timedelta(microseconds=1))
    Candidate.objects.filter(pk=candidate.pk).update(changed_at=later)
