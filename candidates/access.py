"""Who may open a candidate's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect

from accounts.access import SignedInRequest
from candidates.models import Candidate
from candidates.queries import candidate_of, may_become_candidate

View = Callable[..., HttpResponseBase]


class CandidateRequest(SignedInRequest):
    """For annotations: the request of a view behind `candidate_required`."""

    candidate: Candidate


def candidate_required(view: View) -> View:
    """Let candidates in and put their own profile on the request as `candidate`.

    A signed-in user who may become a candidate is sent to the start; staff and members of an employer get 403.
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
        return view(request, *args, **kwargs)

    return guarded
