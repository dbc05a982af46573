"""An employer's vacancies."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from employers.access import EDITORS, MemberRequest, member_required
from vacancies.queries.vacancies import vacancies_of

PAGE = 30


@require_safe
@member_required()
def vacancy_list(request: MemberRequest) -> HttpResponse:
    """The last changed first."""
    employer, membership = request.employer, request.membership
    page = Paginator(vacancies_of(employer), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "employer": employer, "may_edit": membership.role in EDITORS}
    return render(request, "vacancies/vacancy_list.html", context)
