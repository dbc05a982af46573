"""The measured shift: what it is, how often it can be taken, and its start at a desk that the person never saw."""

import secrets

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.actions.desk.runs import UnableToStartRun, start_measured_run
from assessments.queries.accommodations import accommodations_of
from assessments.queries.desk import live_scenarios
from assessments.queries.desk_tests import measured_standing
from assessments.rules.desk_policy import RESUME_HOURS, allowed_minutes
from assessments.rules.policy import RETAKE_DAYS
from candidates.access import CandidateRequest, candidate_required
from reference.models import Language


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def desk_measured(request: CandidateRequest, language: str) -> HttpResponse:
    """What to expect; the button starts a run at a desk that the seed picks, or goes on with the one that is open."""
    found = get_object_or_404(Language, pk__in=live_scenarios().filter(language=language).values("language"))
    if request.method == "POST":
        return _start(request, found)
    standing = measured_standing(request.candidate, found, timezone.now())
    context = {
        "language": found,
        "standing": standing,
        "minutes": allowed_minutes(standing.minutes, accommodations_of(request.candidate).time_factor),
        "resume_hours": RESUME_HOURS,
        "retake_days": RETAKE_DAYS,
    }
    return render(request, "assessments/desk/desk_measured.html", context)


def _start(request: CandidateRequest, language: Language) -> HttpResponse:
    try:
        run = start_measured_run(
            candidate=request.candidate,
            language=language.pk,
            time_factor=accommodations_of(request.candidate).time_factor,
            seed=secrets.randbits(62),
            now=timezone.now(),
        )
    except UnableToStartRun:  # the page says why
        return redirect("assessments:desk_measured", language=language.pk)
    return redirect("assessments:desk_run", run=run.pk)
