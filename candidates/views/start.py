"""The door for people looking for work."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from candidates.actions.errors import UnableToStart
from candidates.actions.start import become_candidate
from candidates.enums import Step
from candidates.forms.first_answers import keep_answers
from candidates.queries import candidate_of, may_become_candidate


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    """What happens from here; a press makes an empty profile. What was answered on the front page is kept for it.

    `vacancy` is the number of one that was chosen on its public page: from here it leads on to the person's match.
    """
    user, now, chosen = request.user, timezone.now(), _chosen(request)
    if request.method == "POST":
        try:
            become_candidate(by=user, now=now)
            keep_answers(request)
        except UnableToStart:
            raise PermissionDenied from None
        return chosen or redirect("candidates:step", step=Step.ABOUT.value)
    if candidate_of(user) is not None:
        return chosen or redirect("candidates:profile")
    if not may_become_candidate(user):
        raise PermissionDenied
    return render(request, "candidates/profile_start.html", {"chosen": bool(chosen)})


def _chosen(request: SignedInRequest) -> HttpResponseRedirect | None:
    """To the match with the vacancy that was chosen before; that page remembers it."""
    number = request.GET.get("vacancy", "")
    return redirect("placements:match", pk=int(number)) if number.isdecimal() and len(number) < 10 else None
