"""The public front page, and the door to each role's own home."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """What this place is, for both sides."""
    return render(request, "dashboards/front.html")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs this person now."""
    return render(request, "dashboards/home.html")
