"""Noting that an employer opened people's pages, so that the people can see it."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError

from accounts.models import User
from candidates.models import Candidate
from candidates.queries import own_date
from placements.models import ProfileView
from vacancies.models import Vacancy


def record_profile_view(*, candidate: Candidate, vacancy: Vacancy, by: User, now: datetime) -> None:
    """A member of the vacancy's employer opened this person's page. Once a day; one statement, never a conflict."""
    record_profile_views(candidates=[candidate], vacancy=vacancy, by=by, now=now)


def record_profile_views(
    *, candidates: Collection[Candidate], vacancy: Vacancy, by: User, now: datetime
) -> None:
    """The same for several people at once, as when they are compared."""
    rows = [
        ProfileView(candidate=one, vacancy=vacancy, day=own_date(one, now), at=now, by=by)
        for one in candidates
    ]
    # Somebody who left at this very moment is no reason to refuse the page that was read just before.
    with suppress(IntegrityError):
        ProfileView.objects.bulk_create(rows, ignore_conflicts=True)
