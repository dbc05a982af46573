"""Whose listing has to be looked at."""

from datetime import date, timedelta
from uuid import UUID

from django.core.signing import TimestampSigner
from django.db.models import QuerySet

from candidates.models import Candidate
from candidates.models.candidate import STAY_SALT

LINK_HOLDS = timedelta(days=365)


def candidate_behind(token: str) -> Candidate | None:
    """Whose link to stay listed that is; None when they have left. Raises BadSignature for what was never sent so."""
    public_id = TimestampSigner(salt=STAY_SALT).unsign(token, max_age=LINK_HOLDS)
    return Candidate.objects.select_related("user").filter(public_id=UUID(public_id)).first()


def lapsed_by(confirmed_before: date) -> QuerySet[Candidate]:
    """Listed, and last confirmed before that day."""
    return _people().filter(listed=True, confirmed_on__lt=confirmed_before).order_by("confirmed_on", "pk")


def to_remind(number: int, confirmed_by: date) -> QuerySet[Candidate]:
    """Listed, last confirmed on that day or before, and reminded fewer than `number` times since."""
    waiting = _people().filter(listed=True, confirmed_on__lte=confirmed_by, reminders__lt=number)
    return waiting.order_by("confirmed_on", "pk")


def back_by(today: date) -> QuerySet[Candidate]:
    """Paused until that day or an earlier one."""
    return _people().filter(paused_until__lte=today).order_by("paused_until", "pk")


def _people() -> QuerySet[Candidate]:
    """Without the people whom the demo made: nobody reads their mail, so they would all be gone after three months."""
    return Candidate.objects.exclude(user__is_demo=True)
