"""Becoming a candidate."""

from datetime import datetime

from django.db import transaction

from accounts.actions import audit
from accounts.actions.settings import forget_page
from accounts.models import User
from candidates.actions.errors import UnableToStart
from candidates.models import Candidate
from candidates.queries import may_become_candidate


@transaction.atomic
def become_candidate(*, by: User, now: datetime) -> Candidate:
    """The user's candidate profile, created empty the first time; whatever they came for led here and is forgotten.

    Raises UnableToStart for staff, members and closed accounts.
    """
    # Two clicks at once, or an application as an employer beside it, wait for each other here.
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if not user.is_active or not may_become_candidate(user):
        raise UnableToStart
    candidate, created = Candidate.objects.get_or_create(
        user=user, defaults={"created_at": now, "changed_at": now}
    )
    forget_page(user=user)
    if created:
        audit.record(verb="candidate.started", target=candidate, by=user, now=now)
    return candidate
