"""A vacancy that somebody chose before their profile could be compared with it. Looking at a page keeps nothing: a press does."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from candidates.access import CandidateRequest, candidate_required
from candidates.actions.errors import UnableToStart
from candidates.actions.start import become_candidate
from candidates.forms.first_answers import keep_answers
from candidates.queries import may_become_candidate, progress
from common.posting import acts_by_post
from placements.actions.remembering import forget_vacancy, go_to_match, remember_vacancy
from vacancies.queries.public import is_gone, seen_once


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Begin a profile for the sake of a vacancy, or go on with it: the vacancy is remembered, and the next step opens.

    Who only looks at the address reads first what happens from here. Whatever was answered on the way is kept.
    """
    if not may_become_candidate(request.user):
        raise PermissionDenied
    if request.method != "POST":
        asked = request.GET.copy()
        asked["vacancy"] = str(pk)
        return HttpResponseRedirect(f"{reverse('candidates:start')}?{asked.urlencode()}")
    try:
        become_candidate(by=request.user, now=timezone.now())
    except UnableToStart:
        raise PermissionDenied from None
    keep_answers(request)
    return _remember(request, pk)


@candidate_required
def _remember(request: CandidateRequest, pk: int) -> HttpResponse:
    vacancy = seen_once().filter(pk=pk).first()
    if vacancy is not None:
        remember_vacancy(candidate=request.candidate, vacancy=vacancy, now=timezone.now())
        if is_gone(vacancy):
            messages.info(request, _("The vacancy that you chose has closed meanwhile. Others may be open."))
    step = progress(request.candidate).next_step
    return redirect("candidates:step", step=step.value) if step else redirect("candidates:profile")


@candidate_required
@acts_by_post("placements:match")
def look(request: CandidateRequest, pk: int) -> HttpResponse:
    """From the home page to the match: who is listed needs no reminder any more."""
    go_to_match(candidate=request.candidate, vacancy_id=pk, now=timezone.now())
    return redirect("placements:match", pk=pk)


@candidate_required
@acts_by_post("home", plain=True)
def forget(request: CandidateRequest, pk: int) -> HttpResponse:
    """Take it off the home page; a second press finds nothing to take."""
    if forget_vacancy(candidate=request.candidate, vacancy_id=pk):
        messages.success(
            request, _("It is off your page. You find every open vacancy in the list of vacancies.")
        )
    return redirect("home")
