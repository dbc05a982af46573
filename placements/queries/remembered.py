"""Vacancies that a person wanted to look at before there was a profile to compare with them."""

from django.db.models import Exists, OuterRef, QuerySet

from candidates.models import Candidate
from placements.models import Application, RememberedVacancy


def remembered_by(candidate: Candidate) -> QuerySet[RememberedVacancy]:
    """What became no application, the last chosen first; with vacancy, version and employer. One query."""
    applied = Application.objects.filter(candidate=candidate, vacancy=OuterRef("vacancy"))
    chosen = RememberedVacancy.objects.filter(candidate=candidate).exclude(Exists(applied))
    chosen = chosen.exclude(vacancy__current=None)
    return chosen.select_related("vacancy__current", "vacancy__employer").order_by("-at", "-pk")
