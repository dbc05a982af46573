"""One vacancy as its employer sees it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.access import EDITORS, member_required
from vacancies.content import content_of
from vacancies.enums import ClosedBecause
from vacancies.queries.pay import country_offers
from vacancies.queries.vacancies import vacancies_of, with_version_rows
from vacancies.rules.publishing import missing_facts


@require_safe
@member_required()
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """State and next step, pay by country against its floor, what is asked, history."""
    vacancy = get_object_or_404(with_version_rows(vacancies_of(request.employer)), pk=pk)  # type: ignore[attr-defined]
    version = vacancy.draft or vacancy.current
    content = content_of(version)
    today = timezone.localdate()
    context = {
        "vacancy": vacancy,
        "version": version,
        "offers": country_offers(content, today),
        "missing": missing_facts(content, today) if vacancy.draft else {},
        "log": vacancy.status_log.select_related("by").order_by("-at", "-pk"),
        "reasons": ClosedBecause.choices,
        "may_edit": request.membership.role in EDITORS,  # type: ignore[attr-defined]
    }
    return render(request, "vacancies/vacancy_detail.html", context)
