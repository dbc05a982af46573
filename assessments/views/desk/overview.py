"""Before a run: which desks there are, what to expect, how it is scored; and the job preview for visitors."""

import secrets

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.desk.runs import UnableToStartRun, start_preview, start_run
from assessments.enums import RunPurpose
from assessments.models import Scenario
from assessments.queries.accommodations import accommodations_of
from assessments.queries.desk import live_scenarios, newest_version, script_of
from assessments.queries.desk_tests import described_desks, desk_standing, desk_tests
from assessments.rules.desk_policy import RESUME_HOURS, allowed_minutes, run_time_factor
from assessments.views.desk.access import VISITOR_KEY
from candidates.access import CandidateRequest, candidate_required
from candidates.queries import candidate_of


@require_safe
@candidate_required
def desk_overview(request: CandidateRequest) -> HttpResponse:
    """The desks that a person can work at, and their last results."""
    return render(
        request,
        "assessments/desk/desk_overview.html",
        {"desks": desk_tests(request.candidate, timezone.now())},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def desk_start(request: CandidateRequest, scenario: str) -> HttpResponse:
    """What to expect at a desk for practice; the buttons start a run, or go on with the one that is open."""
    found = get_object_or_404(live_scenarios(), code=scenario)
    now = timezone.now()
    if request.method == "POST":
        return _start(request, found)
    standing = desk_standing(request.candidate, found, now)
    if not standing.trains:  # a desk that may still measure them says nothing of itself before
        return redirect("assessments:desk_measured", language=found.language_id)
    script = standing.script
    context = {
        "scenario": found,
        "script": script,
        "standing": standing,
        "minutes": allowed_minutes(script.minutes, accommodations_of(request.candidate).time_factor),
        "resume_hours": RESUME_HOURS,
    }
    return render(request, "assessments/desk/desk_start.html", context)


def _start(request: CandidateRequest, scenario: Scenario) -> HttpResponse:
    purpose = request.POST.get("purpose", "")
    if purpose not in RunPurpose.values:
        return redirect("assessments:desk_start", scenario=scenario.code)
    try:
        run = start_run(
            candidate=request.candidate,
            scenario=scenario,
            purpose=purpose,
            time_factor=run_time_factor(purpose, accommodations_of(request.candidate).time_factor),
            seed=secrets.randbits(62),
            now=timezone.now(),
        )
    except UnableToStartRun:  # the page says why
        return redirect("assessments:desk_start", scenario=scenario.code)
    return redirect("assessments:desk_run", run=run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def desk_preview(request: HttpRequest, scenario: str) -> HttpResponse:
    """What the work is like, for anybody: a short shift that is not kept. Candidates are led to their own page."""
    staff = request.user.has_perm("assessments.view_scenario")
    open_to_all = live_scenarios().filter(measured=False)
    found = get_object_or_404(Scenario.objects.all() if staff else open_to_all, code=scenario)
    if request.user.is_authenticated and candidate_of(request.user):
        return redirect("assessments:desk_start", scenario=found.code)
    if request.method == "POST":
        if too_often := ratelimit.consume_or_429(request, action="desk_preview"):
            return too_often
        secret = request.session.setdefault(VISITOR_KEY, secrets.token_urlsafe(32))
        try:
            run = start_preview(
                visitor=secret, scenario=found, seed=secrets.randbits(62), now=timezone.now(), staff=staff
            )
        except UnableToStartRun as error:  # taken off while the page was open
            raise Http404 from error
        return redirect("assessments:desk_run", run=run.pk)
    script = script_of(newest_version(found).content)
    context = {"scenario": found, "script": script, "minutes": script.minutes}
    return render(request, "assessments/desk/desk_preview.html", context)


@require_safe
@login_not_required
def desk_rules(request: HttpRequest) -> HttpResponse:
    """How a run is scored, for everybody to read."""
    return render(request, "assessments/desk/desk_rules.html", {"desks": described_desks()})
