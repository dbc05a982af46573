"""The page of tests."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.queries.integrity import asked_confirmations, open_flags
from assessments.queries.overview import overview as overview_of
from assessments.queries.works import rated_standings
from candidates.access import CandidateRequest, candidate_required


@require_safe
@candidate_required
def overview(request: CandidateRequest) -> HttpResponse:
    """Which tests there are, and what the person's levels are so far."""
    now = timezone.now()
    rated_tests = rated_standings(request.candidate, now)
    context = {
        "overview": overview_of(request.candidate, now),
        "confirmations": asked_confirmations(request.candidate),
        "flags": open_flags(request.candidate),
        "rated_tests": rated_tests,
        "rated_languages": {test.language.pk for test in rated_tests},
    }
    return render(request, "assessments/test_overview.html", context)
