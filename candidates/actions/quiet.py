"""Standing behind others for a while after letting an invitation pass, and coming back before that by one press.

Nothing is deleted: the person stays listed and ranked, and waits for a place among those shown first.
"""

from datetime import date, datetime

from django.db import transaction

from accounts.actions import audit
from accounts.models import User
from candidates.actions.saving import lock_profile
from candidates.models import Candidate
from common.queue import enqueue

MOST = 5_000
"""People in one sweep; the next one does the rest."""


@transaction.atomic
def lower_visibility(*, candidate: Candidate, until: date, now: datetime) -> date:
    """Let the person wait for places until that day, or until they come back. Never shortens what holds already.

    Returns until when it holds now.
    """
    found = Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    if found.quiet_until is not None and found.quiet_until >= until:
        return found.quiet_until
    _set(found, until)
    audit.record(verb="candidate.quiet", target=found, by=None, now=now, until=until)
    return until


@transaction.atomic
def be_seen_again(*, candidate: Candidate, by: User, now: datetime) -> bool:
    """The person is there: they stand among the others again. Whether that changed anything."""
    found = lock_profile(candidate, by)
    if found.quiet_until is None:
        return False
    _set(found, None)
    audit.record(verb="candidate.seen_again", target=found, by=by, now=now)
    return True


def end_quiet_periods(*, now: datetime) -> int:
    """Let everybody back whose time is over; how many."""
    over = Candidate.objects.filter(quiet_until__lt=now.date())
    # Whoever is held by an act waits for the next sweep: two that each wait for the other's people would stand still.
    free = over.select_for_update(skip_locked=True, no_key=True)
    with transaction.atomic():
        ended = over.filter(pk__in=list(free.values_list("pk", flat=True)[:MOST])).update(quiet_until=None)
    if ended:
        enqueue("matching.refresh_allocation")
    return ended


def _set(candidate: Candidate, until: date | None) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(quiet_until=until)
    candidate.quiet_until = until
    enqueue("matching.refresh_allocation")
