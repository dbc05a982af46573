"""Who may open a candidate's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from candidates.queries import candidate_of, may_become_candidate

View = Callable[..., HttpResponseBase]


def candidate_required(view: View) -> View:
    """Let candidates in and put their own profile on the request as `candidate`.

    A signed-in user who may become a candidate is sent to the start; staff and members of an employer get 403.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        candidate = candidate_of(request.user)  # type: ignore[arg-type]
        if candidate is None:
            if may_become_candidate(request.user):  # type: ignore[arg-type]
                return redirect("candidates:start")
            raise PermissionDenied
        candidate.user = request.user  # type: ignore[assignment]  # spares the menu and the page a query each
        request.candidate = candidate  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return guarded
