"""The short test that confirms a level."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.actions.confirmations import UnableToConfirm, start_confirmation
from assessments.models import ConfirmationTest
from assessments.queries.integrity import confirmations_of
from assessments.rules.confirmation import FEWEST_ITEMS, MOST_ITEMS
from candidates.access import CandidateRequest, candidate_required


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def confirmation(request: CandidateRequest, confirmation: int) -> HttpResponse:
    """Why it is asked for and what follows from it; when it is done, what it said."""
    found = get_object_or_404(confirmations_of(request.candidate), pk=confirmation)
    if request.method == "POST":
        return _start(request, found)
    context = {
        "confirmation": found,
        "measurement": found.measurement,
        "bank": found.measurement.session.bank,  # type: ignore[union-attr]
        "flags": list(found.session.flags.all()) if found.session else [],
        "fewest": FEWEST_ITEMS,
        "most": MOST_ITEMS,
    }
    return render(request, "assessments/confirmation_start.html", context)


def _start(request: CandidateRequest, found: ConfirmationTest) -> HttpResponse:
    try:
        session = start_confirmation(
            confirmation=found, candidate=request.candidate, seed=secrets.randbits(62), now=timezone.now()
        )
    except UnableToConfirm as error:
        if str(error) == "open":
            messages.info(request, _("Finish the test that you have begun first; then take this one."))
        elif str(error) == "used up":
            words = _(
                "You have seen nearly all our questions, so it cannot be taken now. Your level counts as before."
            )
            messages.info(request, words)
        return redirect("assessments:confirmation", confirmation=found.pk)
    return redirect("assessments:item", session=session.pk)
