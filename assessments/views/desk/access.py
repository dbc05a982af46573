"""Whose run it is: a candidate's own, or the preview of the browser that holds its secret."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from assessments.models import ScenarioRun
from candidates.access import CandidateRequest, unless_deleted
from candidates.queries import candidate_of, may_become_candidate

VISITOR_KEY = "desk_visitor"
View = Callable[..., HttpResponseBase]


def own_run_required(view: View) -> View:
    """Give the view the run instead of its number. A visitor sees the preview they started, a candidate their own runs."""

    @wraps(view)
    def guarded(request: HttpRequest, run: int, **kwargs: Any) -> HttpResponseBase:
        runs = ScenarioRun.objects.select_related("version__scenario__language").filter(pk=run)
        secret = request.session.get(VISITOR_KEY)
        found = runs.filter(visitor=secret).first() if secret else None
        if found is None:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            candidate = candidate_of(request.user)
            if candidate is None:
                if may_become_candidate(request.user):
                    return redirect("candidates:start")
                raise PermissionDenied
            own = cast(CandidateRequest, request)
            own.candidate = candidate  # the menu asks for it
            found = runs.filter(candidate=candidate).first()
            if found is None:
                raise Http404
            return unless_deleted(own, lambda: view(request, found, **kwargs))
        return view(request, found, **kwargs)

    return login_not_required(guarded)
