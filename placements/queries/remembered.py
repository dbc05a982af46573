"""Vacancies that a person wanted to look at before there was a profile to compare with them."""

from django.db.models import QuerySet

from candidates.models import Candidate
from placements.models import RememberedVacancy


def remembered_by(candidate: Candidate) -> QuerySet[RememberedVacancy]:
    """The last chosen first, with the vacancy, the version that people see and the employer. One query."""
    chosen = RememberedVacancy.objects.filter(candidate=candidate).exclude(vacancy__current=None)
    return chosen.select_related("vacancy__current", "vacancy__employer").order_by("-at", "-pk")
