"""Who opened my profile, and for which vacancy."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candidates.access import CandidateRequest, candidate_required
from placements.queries.profile_views import views_of

PAGE = 20


@require_safe
@candidate_required
def profile_views(request: CandidateRequest) -> HttpResponse:
    """The latest first, twenty a page. Names companies, never their people."""
    page = Paginator(views_of(request.candidate), PAGE).get_page(request.GET.get("page"))
    return render(request, "placements/profile_views.html", {"candidate": request.candidate, "page": page})
