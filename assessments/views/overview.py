"""The page of tests."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.queries.integrity import asked_confirmations, open_flags
from assessments.queries.overview import overview as overview_of
from assessments.queries.works import RatedStanding, rated_standings
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
        "rated_now": [test for test in rated_tests if test.state == "open"],
        "rated_done": [test for test in rated_tests if test.state != "open" and _taken(test)],
        "rated_other": [test for test in rated_tests if test.state != "open" and not _taken(test)],
        "rated_languages": {test.language.pk for test in rated_tests},
    }
    return render(request, "assessments/test_overview.html", context)


def _taken(test: RatedStanding) -> bool:
    """Whether the person handed work in, rated or not."""
    return test.last is not None or test.state != "ready"
