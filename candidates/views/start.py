"""The door for people looking for work."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
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

    `vacancy` is the number of one that was chosen on its public page: the press goes to where it is remembered, too.
    """
    user, now = request.user, timezone.now()
    chosen = _chosen(request)
    if request.method == "POST":
        try:
            become_candidate(by=user, now=now)
            keep_answers(request)
        except UnableToStart:
            raise PermissionDenied from None
        return redirect("candidates:step", step=Step.ABOUT.value)
    if candidate_of(user) is not None:
        return redirect("placements:match", pk=chosen) if chosen else redirect("candidates:profile")
    if not may_become_candidate(user):
        raise PermissionDenied
    return render(request, "candidates/profile_start.html", {"chosen": chosen})


def _chosen(request: SignedInRequest) -> int | None:
    """The number of the vacancy that was chosen before."""
    number = request.GET.get("vacancy", "")
    return int(number) if number.isdecimal() and len(number) < 10 else None
