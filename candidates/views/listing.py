"""Agreeing to be listed, and taking it back."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from candidates.access import CandidateRequest, candidate_required
from candidates.actions.errors import UnableToList
from candidates.actions.listing import agree_to_be_listed, withdraw_listing
from candidates.enums import Step
from common.posting import acts_by_post


@candidate_required
@acts_by_post("candidates:step", step=Step.LISTING.value)
def listing(request: CandidateRequest) -> HttpResponse:
    """`decision` is agree or withdraw."""
    candidate, now = request.candidate, timezone.now()
    decision = request.POST.get("decision")
    if decision == "agree":
        try:
            agree_to_be_listed(candidate=candidate, by=request.user, now=now)
        except UnableToList as error:
            names = get_text_list([str(step.label) for step in error.missing], _("and"))
            messages.error(
                request, _("You cannot be listed yet. These steps come first: %(steps)s.") % {"steps": names}
            )
        else:
            messages.success(request, _("You are listed. Employers can find you now, without your name."))
    elif decision == "withdraw":
        withdraw_listing(candidate=candidate, by=request.user, now=now)
        messages.success(request, _("You are no longer listed. Your profile is kept; only you see it."))
    else:
        raise BadRequest("decision")
    return redirect("candidates:step", step=Step.LISTING.value)
