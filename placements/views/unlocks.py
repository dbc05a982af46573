"""What each step of one's profile opens, in numbers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidates.access import CandidateRequest, candidate_required
from placements.queries.unlocks import unlocks_of


@require_safe
@candidate_required
def unlocks(request: CandidateRequest) -> HttpResponse:
    """A page of its own; the overview of the profile takes its middle part."""
    found = unlocks_of(request.candidate, timezone.now().date())
    context = {"unlocks": found, "candidate": request.candidate}
    return render(request, "placements/unlocks_page.html", context)
