"""Writing a vacancy."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.access import EDITORS, member_required
from vacancies.actions.editing import create_vacancy, save_draft
from vacancies.actions.errors import UnableToEdit
from vacancies.content import VersionContent, content_of
from vacancies.forms import VacancyEditorForms
from vacancies.models import Vacancy
from vacancies.queries.pay import country_offers
from vacancies.queries.vacancies import vacancies_of, with_version_rows


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*EDITORS)
def create(request: HttpRequest) -> HttpResponse:
    """An empty editor; saving makes a draft."""
    if request.method != "POST":
        country = request.employer.country  # type: ignore[attr-defined]
        start = VersionContent(title="", pay_currency=country.currency, zone=country.main_zone_id or "")
        return _page(request, VacancyEditorForms(content=start), None)
    return _save(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*EDITORS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft, or a copy of the current version that becomes one on saving."""
    vacancy = get_object_or_404(with_version_rows(vacancies_of(request.employer)), pk=pk)  # type: ignore[attr-defined]
    if request.method != "POST":
        return _page(
            request, VacancyEditorForms(content=content_of(vacancy.draft or vacancy.current)), vacancy
        )
    return _save(request, vacancy)


def _save(request: HttpRequest, vacancy: Vacancy | None) -> HttpResponse:
    if "add_row" in request.POST:
        return _page(request, VacancyEditorForms.with_more(request.POST, request.POST["add_row"]), vacancy)
    forms = VacancyEditorForms(request.POST)
    if not forms.is_valid():
        return _page(request, forms, vacancy, status=422)
    content = forms.content()
    if "check_pay" in request.POST:
        return _page(request, forms, vacancy, content=content)
    user, now = request.user, timezone.now()
    try:
        if vacancy is None:
            vacancy = create_vacancy(employer=request.employer, content=content, by=user, now=now)  # type: ignore[attr-defined, arg-type]
        else:
            save_draft(vacancy=vacancy, content=content, by=user, now=now)  # type: ignore[arg-type]
    except UnableToEdit:
        messages.error(
            request, _("This vacancy is being reviewed or is closed, so it cannot be changed now.")
        )
        return redirect("vacancies:detail", pk=vacancy.pk)  # type: ignore[union-attr]
    messages.success(request, _("Saved. Nobody else sees the changes until you publish them."))
    return redirect("vacancies:detail", pk=vacancy.pk)


def _page(
    request: HttpRequest,
    forms: VacancyEditorForms,
    vacancy: Vacancy | None,
    *,
    content: VersionContent | None = None,
    status: int = 200,
) -> HttpResponse:
    offers = country_offers(content, timezone.localdate()) if content else None
    context = {"forms": forms, "vacancy": vacancy, "offers": offers}
    return render(request, "vacancies/vacancy_editor.html", context, status=status)
