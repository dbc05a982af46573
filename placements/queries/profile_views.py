"""Who opened a person's page."""

from candidates.models import Candidate
from placements.models import ProfileView
from placements.models.profile_view import ProfileViewQuerySet


def views_of(candidate: Candidate) -> ProfileViewQuerySet:
    """Every time an employer opened this person's page, with employer and vacancy, the latest first."""
    return ProfileView.objects.of_candidate(candidate).with_names()
