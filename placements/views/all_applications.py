"""Everybody who is in an application at a company, over all its vacancies: whose turn it is first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.access import MemberRequest, member_required
from placements.queries.applications import open_applications_for

PAGE = 50


@require_safe
@member_required()
def all_applications(request: MemberRequest) -> HttpResponse:
    """What the company owes an answer to, then what people owe it, fifty a page; the stages of one vacancy have a page."""
    today = timezone.localdate()
    page = Paginator(open_applications_for(request.employer, today), PAGE).get_page(request.GET.get("page"))
    context = {"employer": request.employer, "page": page, "today": today}
    return render(request, "placements/all_applications.html", context)
