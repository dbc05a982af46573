"""The overview of a person's own profile."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candidates.access import CandidateRequest, candidate_required
from candidates.enums import Step
from candidates.queries import facts_of
from candidates.queries.reservations import reserved_by
from candidates.queries.summary import what_steps_say
from candidates.rules.progress import missing_for_listing, profile_progress
from candidates.words import UNLOCKS


@require_safe
@candidate_required
def profile(request: CandidateRequest) -> HttpResponse:
    """Every step with what it holds, whether it is done, and what it is good for."""
    candidate = request.candidate
    facts = facts_of(candidate)
    progress = profile_progress(facts)
    said = what_steps_say(candidate, progress.completed)
    steps = [
        {
            "step": step,
            "number": number,
            "done": step in progress.completed,
            "says": said.get(step),
            "unlocks": UNLOCKS[step],
        }
        for number, step in enumerate(Step, start=1)
    ]
    context = {
        "candidate": candidate,
        "progress": progress,
        "steps": steps,
        "reserved": reserved_by(candidate),
        "missing_for_listing": missing_for_listing(facts),
    }
    return render(request, "candidates/profile_overview.html", context)
