"""Recording what a person needs in tests, and forgetting it."""

from datetime import datetime

from django.db import transaction

from assessments.enums import ExtraTime
from assessments.models import Accommodation, Session
from candidates.models import Candidate


class UnableToAccommodate(Exception):
    """There is no such amount of extra time."""


@transaction.atomic
def record_accommodation(
    *,
    candidate: Candidate,
    extra_time: int,
    no_time_limit: bool,
    screen_reader: bool,
    larger_type: bool,
    now: datetime,
) -> Accommodation | None:
    """Keep what holds from the next test on; nothing chosen is nothing kept. Raises UnableToAccommodate.

    Not in the audit log and not told to matching: nobody but the person is to learn of it.
    """
    if extra_time not in ExtraTime.values:
        raise UnableToAccommodate(extra_time)
    if not (extra_time or no_time_limit or screen_reader or larger_type):
        forget_accommodation(candidate=candidate)
        return None
    facts = {
        "extra_time": extra_time,
        "no_time_limit": no_time_limit,
        "screen_reader": screen_reader,
        "larger_type": larger_type,
        "recorded_at": now,
    }
    return Accommodation.objects.update_or_create(candidate=candidate, defaults=facts)[0]


@transaction.atomic
def forget_accommodation(*, candidate: Candidate) -> None:
    """Delete what was recorded, and that there was something; runs that began keep the time that they were given."""
    Accommodation.objects.filter(candidate=candidate).delete()
    Session.objects.filter(candidate=candidate, with_accommodation=True).update(with_accommodation=False)
