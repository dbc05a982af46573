"""Keeping in mind which vacancies somebody came for."""

from datetime import datetime
from typing import Final

from django.db import transaction

from candidates.models import Candidate
from placements.models import RememberedVacancy
from vacancies.models import Vacancy

MOST: Final = 5
"""The newest are kept; who chooses on looks around, and finds the list of vacancies again."""


@transaction.atomic
def remember_vacancy(*, candidate: Candidate, vacancy: Vacancy, now: datetime) -> None:
    """Offer this vacancy again when the person can be matched. Choosing it again changes nothing."""
    chosen = RememberedVacancy(candidate=candidate, vacancy=vacancy, at=now)
    RememberedVacancy.objects.bulk_create([chosen], ignore_conflicts=True)
    mine = RememberedVacancy.objects.filter(candidate=candidate)
    mine.exclude(pk__in=mine.order_by("-at", "-pk").values("pk")[:MOST]).delete()


def go_to_match(*, candidate: Candidate, vacancy_id: int, now: datetime) -> None:
    """The person goes to see their match, where whoever is listed can show interest: so it need not wait any longer.

    For somebody who is not listed it stays, known as seen. A second press changes nothing.
    """
    if candidate.listed:
        forget_vacancy(candidate=candidate, vacancy_id=vacancy_id)
    else:
        waiting = RememberedVacancy.objects.filter(candidate=candidate, vacancy=vacancy_id)
        waiting.filter(seen_at=None).update(seen_at=now)


def forget_vacancy(*, candidate: Candidate, vacancy_id: int) -> bool:
    """Offer it no more; whether it was remembered."""
    return bool(RememberedVacancy.objects.filter(candidate=candidate, vacancy=vacancy_id).delete()[0])
