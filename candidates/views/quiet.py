"""Coming back after an invitation passed without an answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.access import CandidateRequest, candidate_required
from candidates.actions.quiet import be_seen_again
from common.posting import acts_by_post


@candidate_required
@acts_by_post("home")
def here_again(request: CandidateRequest) -> HttpResponse:
    """One press; a second one changes nothing."""
    be_seen_again(candidate=request.candidate, by=request.user, now=timezone.now())
    messages.success(request, _("Good to have you here. Within minutes you stand among the others again."))
    return redirect("home")
