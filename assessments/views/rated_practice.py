"""Trying out what it is to answer a customer before a test that people rate; nothing is kept, and nobody reads it."""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.enums import Activity
from assessments.forms.rated import PracticeForm
from assessments.rules.rated_practice import practice_task
from assessments.rules.rubrics import RUBRICS
from assessments.views.speaking import PLAYS_SOUND
from candidates.access import CandidateRequest, candidate_required
from common.devices import may_use
from reference.models import Language

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def writing_practice(request: CandidateRequest, language: str) -> HttpResponse:
    """A customer's mail to answer; then the person's own words beside an example."""
    return _practice(request, language, Activity.WRITTEN_INTERACTION)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@may_use("microphone")
@csp_update(PLAYS_SOUND)
@candidate_required
def speaking_practice(request: CandidateRequest, language: str) -> HttpResponse:
    """A customer's message to answer aloud. The page records and plays on the device alone; then an example."""
    return _practice(request, language, Activity.SPOKEN_INTERACTION)


def _practice(request: CandidateRequest, language: str, activity: Activity) -> HttpResponse:
    task = practice_task(language, activity)
    if task is None:
        raise Http404
    spoken = activity == Activity.SPOKEN_INTERACTION
    form = PracticeForm(request.POST if request.method == "POST" else None, spoken=spoken)
    answered = form.is_bound and form.is_valid()
    context = {
        "task": task,
        "language": get_object_or_404(Language, pk=language),
        "spoken": spoken,
        "form": form,
        "answered": answered,
        "own": form.cleaned_data["text"] if answered else "",
        "criteria": RUBRICS[activity].criteria,
        "start": "assessments:speaking_start" if spoken else "assessments:writing_start",
    }
    status = UNPROCESSABLE if form.is_bound and not answered else 200
    return render(request, "assessments/work_practice.html", context, status=status)
