"""Agreeing to be listed, and taking it back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from candidates.access import CandidateRequest, candidate_required
from candidates.actions.errors import UnableToList, UnableToStay
from candidates.actions.listing import agree_to_be_listed, withdraw_listing
from candidates.actions.staying import resume_listing, stay_listed
from candidates.enums import Step
from candidates.models import Candidate
from candidates.views.staying import steps_first
from common.posting import acts_by_post


@candidate_required
@acts_by_post("candidates:step", step=Step.LISTING.value)
def listing(request: CandidateRequest) -> HttpResponse:
    """`decision` is agree, withdraw, stay or resume."""
    candidate, now = request.candidate, timezone.now()
    decision = request.POST.get("decision")
    if decision == "agree":
        try:
            agree_to_be_listed(candidate=candidate, by=request.user, now=now)
        except UnableToList as error:
            messages.error(request, steps_first(error))
        else:
            messages.success(request, _("You are listed. Employers can find you now, without your name."))
    elif decision == "withdraw":
        withdraw_listing(candidate=candidate, by=request.user, now=now)
        messages.success(request, _("You are no longer listed. Your profile is kept; only you see it."))
    elif decision in ("stay", "resume"):
        _listed_again(request, resume_listing if decision == "resume" else stay_listed)
    else:
        raise BadRequest("decision")
    return redirect("candidates:step", step=Step.LISTING.value)


def _listed_again(request: CandidateRequest, act: Callable[..., Candidate]) -> None:
    try:
        candidate = act(candidate=request.candidate, by=request.user, now=timezone.now())
    except UnableToStay as error:
        messages.error(request, str(error))
    except UnableToList as error:
        messages.error(request, steps_first(error))
    else:
        day = date_format(candidate.listed_until)
        messages.success(request, _("You are listed until %(day)s.") % {"day": day})
