"""Reads of interview scorecards."""

from django.db.models import QuerySet

from assessments.models import Scorecard
from candidates.models import Candidate
from employers.models import Employer


def scorecards_of(candidate: Candidate) -> QuerySet[Scorecard]:
    """What interviews found of a person, for themselves: everything, the newest first."""
    return (
        Scorecard.objects.filter(candidate=candidate).select_related("employer").prefetch_related("ratings")
    )


def scorecards_for(employer: Employer, candidate: Candidate) -> QuerySet[Scorecard]:
    """An employer's own cards of a person; never those of others, nor what was taken back."""
    return scorecards_of(candidate).filter(employer=employer, withdrawn_at=None)
