"""Who may open a candidate's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import SignedInRequest
from candidates.models import Candidate
from candidates.queries import candidate_of, may_become_candidate

View = Callable[..., HttpResponseBase]


class CandidateRequest(SignedInRequest):
    """For annotations: the request of a view behind `candidate_required`."""

    candidate: Candidate


def _deleted_meanwhile(request: CandidateRequest) -> HttpResponseBase:
    """What somebody reads whose account was deleted while this page was being made, in another tab or by a second press."""
    logout(request)
    answer = render(request, "candidates/profile_gone.html", status=410)
    answer["HX-Redirect"] = reverse("placements:left")  # htmx shows no answer of an error
    return answer


def unless_deleted(request: CandidateRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The page that `make` makes; where that fails because the account was deleted meanwhile, the one that says so."""
    try:
        return make()
    except Exception:
        # Whatever went wrong on the way, this is why: rows and locks that were there a moment ago are not any more.
        if Candidate.objects.filter(pk=request.candidate.pk).exists():
            raise
        return _deleted_meanwhile(request)


def candidate_required(view: View) -> View:
    """Let candidates in and put their own profile on the request as `candidate`.

    A signed-in user who may become a candidate is sent to the start; staff and members of an employer get 403. Whose
    account is deleted while the page is being made reads that.
    """

    @wraps(view)
    def guarded(request: CandidateRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        candidate = candidate_of(request.user)
        if candidate is None:
            if may_become_candidate(request.user):
                return redirect("candidates:start")
            raise PermissionDenied
        candidate.user = request.user  # spares the menu and the page a query each
        request.candidate = candidate
        return unless_deleted(request, lambda: view(request, *args, **kwargs))

    return guarded
