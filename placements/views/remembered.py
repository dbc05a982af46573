"""A vacancy that somebody wanted to look at, and wants no more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from candidates.access import CandidateRequest, candidate_required
from common.posting import acts_by_post
from placements.actions.remembering import forget_vacancy


@candidate_required
@acts_by_post("home", plain=True)
def forget(request: CandidateRequest, pk: int) -> HttpResponse:
    """Take it off the home page; a second press finds nothing to take."""
    if forget_vacancy(candidate=request.candidate, vacancy_id=pk):
        messages.success(
            request, _("It is off your page. You find every open vacancy in the list of vacancies.")
        )
    return redirect("home")
