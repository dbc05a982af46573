"""The page of tests."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.queries.standings import overview as overview_of
from candidates.access import CandidateRequest, candidate_required


@require_safe
@candidate_required
def overview(request: CandidateRequest) -> HttpResponse:
    """Which tests there are, and what the person's levels are so far."""
    found = overview_of(request.candidate, timezone.now())
    return render(request, "assessments/test_overview.html", {"overview": found})
