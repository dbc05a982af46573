"""Leaving for good, after reading what it does and proving that it is oneself; and one's own data."""

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from candidates.access import CandidateRequest, candidate_required
from placements.actions.leaving import UnableToLeave, leave
from placements.models import Application
from placements.queries.own_data import own_data


@require_safe
@candidate_required
def leaving(request: CandidateRequest) -> HttpResponse:
    """What goes, what stays, what else one could do; and the way on."""
    return render(request, "placements/leaving_page.html", _context(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def leave_now(request: CandidateRequest) -> HttpResponse:
    """One button, for somebody who has just proved that it is them. Pressing it too late asks again, and acts on nothing."""
    try:
        _proved(request)
    except ReauthenticationRequired:
        if request.method == "POST":
            query = {"next": reverse("placements:leave_now")}
            return redirect(reverse("account_reauthenticate", query=query))
        raise
    if request.method == "POST":
        try:
            leave(candidate=request.candidate, by=request.user, now=timezone.now())
        except UnableToLeave as error:
            messages.error(request, str(error))
            return redirect("placements:leaving")
        logout(request)
        return redirect("placements:left")
    return render(request, "placements/leave_now.html", _context(request))


@require_safe
@login_not_required
def left(request: HttpRequest) -> HttpResponse:
    """That it is done."""
    return render(request, "placements/left.html")


@never_cache
@require_safe
@candidate_required
def my_data(request: CandidateRequest) -> HttpResponse:
    """Everything about the person as a file."""
    answer = JsonResponse(own_data(request.candidate, timezone.now()), json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@reauthentication_required
def _proved(request: HttpRequest) -> None:
    """Nothing, for somebody who has just given their password or passkey again."""


def _context(request: CandidateRequest) -> dict[str, object]:
    open_now = Application.objects.of_candidate(request.candidate).open().count()
    return {"candidate": request.candidate, "open_now": open_now}
