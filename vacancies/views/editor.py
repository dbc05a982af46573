"""Writing a vacancy."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.typed import keeps_typed, shown_again
from employers.access import EDITORS, MemberRequest, member_required
from vacancies.actions.editing import create_vacancy, save_draft
from vacancies.actions.errors import ChangedMeanwhile, UnableToEdit
from vacancies.content import VersionContent, content_of
from vacancies.enums import VacancyState
from vacancies.forms import VacancyEditorForms
from vacancies.models import Vacancy
from vacancies.queries.pay import offers_to_show
from vacancies.queries.vacancies import vacancies_of, with_version_rows


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@member_required(*EDITORS)
def create(request: MemberRequest) -> HttpResponse:
    """An empty editor; saving makes a draft.

    Its key stands in the address: who goes back to it after saving is led to what was saved, and makes no second one.
    """
    if request.method == "POST" or shown_again(request):
        return _sent(request, None)
    key = key_in(request.GET)
    if key is None:
        return redirect(f"{reverse('vacancies:create')}?key={uuid4()}")
    made = vacancies_of(request.employer).filter(form_key=key).first()
    if made:
        messages.info(request, _("This vacancy is saved already."))
        return redirect("vacancies:edit", pk=made.pk)
    country = request.employer.country
    start = VersionContent(title="", pay_currency=country.currency, zone=country.main_zone_id or "")
    return _page(request, VacancyEditorForms(content=start, today=timezone.localdate(), key=key), None)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@member_required(*EDITORS)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The draft, or a copy of the current version that becomes one on saving."""
    vacancy = get_object_or_404(with_version_rows(vacancies_of(request.employer)), pk=pk)
    if vacancy.state == VacancyState.IN_REVIEW:
        messages.info(request, _("A recruiter is reading this vacancy, so it cannot be changed now."))
        return redirect("vacancies:detail", pk=pk)
    if request.method == "POST" or shown_again(request):
        return _sent(request, vacancy)
    version = vacancy.shown
    forms = VacancyEditorForms(content=content_of(version), today=timezone.localdate(), seen=version.pk)
    return _page(request, forms, vacancy)


def key_in(data: QueryDict) -> UUID | None:
    """The key of a form that makes something, where one was sent."""
    try:
        return UUID(data.get("key", ""))
    except ValueError:
        return None


def _sent(request: MemberRequest, vacancy: Vacancy | None) -> HttpResponse:
    today = timezone.localdate()
    if shown_again(request) or "add_row" in request.POST:
        forms = VacancyEditorForms.with_more(request.POST, request.POST.get("add_row", ""), today=today)
        return _page(request, forms, vacancy)
    forms = VacancyEditorForms(request.POST, today=today)
    valid = forms.is_valid()
    if "check_pay" in request.POST:
        return _page(request, forms, vacancy, pay=forms.pay, status=200 if valid else 422)
    if not valid:
        return _page(request, forms, vacancy, status=422)
    return _save(request, forms, vacancy)


def _save(request: MemberRequest, forms: VacancyEditorForms, vacancy: Vacancy | None) -> HttpResponse:
    user, now, values = request.user, timezone.now(), forms.facts.cleaned_data
    try:
        if vacancy is None:
            employer = request.employer
            vacancy = create_vacancy(
                employer=employer, content=forms.content(), by=user, now=now, key=values["key"]
            )  # fmt: skip
        else:
            save_draft(vacancy=vacancy, content=forms.content(), by=user, now=now, seen=values["seen"])
    except ChangedMeanwhile:
        _add_conflict(forms.facts)
        return _page(request, forms, vacancy, status=409)
    except UnableToEdit as error:
        messages.error(request, str(error))
        return redirect("vacancies:detail", pk=vacancy.pk)  # type: ignore[union-attr]
    messages.success(request, _("Saved. Nobody outside your company sees it until it is published."))
    return redirect("vacancies:detail", pk=vacancy.pk)


def _add_conflict(facts: Form) -> None:
    facts.add_error(
        None,
        _(
            "A colleague saved another version while you were typing. What you typed stands here, not saved. "
            "Open the vacancy in another tab, and carry over what you need."
        ),
    )


def _page(
    request: MemberRequest,
    forms: VacancyEditorForms,
    vacancy: Vacancy | None,
    *,
    pay: VersionContent | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "forms": forms,
        "vacancy": vacancy,
        "employer": request.employer,
        "pay_checked": "check_pay" in request.POST,
        "offers": offers_to_show(pay, timezone.localdate()) if pay else None,
    }
    return render(request, "vacancies/vacancy_editor.html", context, status=status)
