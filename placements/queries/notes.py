"""What a team has written down about somebody."""

from django.db.models import QuerySet

from candidates.models import Candidate
from employers.models import Employer
from placements.models import TeamNote


def notes_of(employer: Employer, candidate: Candidate) -> QuerySet[TeamNote]:
    """An employer's own notes about a person, for whichever vacancy, the newest first, with their authors. One query."""
    rows = TeamNote.objects.filter(employer=employer, candidate=candidate)
    return rows.select_related("by__identity", "vacancy__current").order_by("-at", "-pk")
