"""What a vacancy costs while it is being written: a panel beside the editor, or the whole editor without JavaScript."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from common.crowds import said
from common.posting import acts_by_post
from employers.access import EDITORS, MemberRequest, member_required
from matching.api.limits import PreviewThrottle
from matching.forms import Typed
from matching.queries.known import known
from matching.queries.told import told
from matching.words import what_if as words
from matching.words.figures import skill_names
from vacancies.enums import VacancyState
from vacancies.forms import VacancyEditorForms
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of, with_version_rows


@member_required(*EDITORS, accepted=True)
@acts_by_post("vacancies:create")
def what_if(request: MemberRequest) -> HttpResponse:
    """For a vacancy that was never saved."""
    return _answer(request, None)


@member_required(*EDITORS, accepted=True)
@acts_by_post("vacancies:edit")
def what_if_of(request: MemberRequest, pk: int) -> HttpResponse:
    """For changes to one of the employer's own vacancies; nothing is saved."""
    vacancy = get_object_or_404(with_version_rows(vacancies_of(request.employer)), pk=pk)
    if vacancy.state == VacancyState.IN_REVIEW:
        return redirect("vacancies:edit", pk=pk)  # which says why it cannot be changed now
    return _answer(request, vacancy)


def _answer(request: MemberRequest, vacancy: Vacancy | None) -> HttpResponse:
    """Only the panel to htmx, which shows nothing but answers of status 200; else the editor with all that was typed."""
    forms = VacancyEditorForms(request.POST, today=timezone.localdate())
    context: dict[str, Any] = {
        "forms": forms,
        "vacancy": vacancy,
        "employer": request.employer,
        "editor_url": reverse("vacancies:edit", args=[vacancy.pk])
        if vacancy
        else reverse("vacancies:create"),
    }
    typed = Typed.of(forms)
    throttle = PreviewThrottle()
    if throttle.allow_request(request, None):
        context["bench"] = _bench(request, typed)
    else:
        context["wait_seconds"] = round(throttle.wait() or 0) + 1
    if request.htmx:
        return render(request, "matching/_what_if.html", context)
    return render(request, "matching/what_if_page.html", context, status=422 if typed.refused else 200)


def _bench(request: MemberRequest, typed: Typed) -> dict[str, Any]:
    """Everything that the panel shows, in words and figures."""
    today = timezone.now().date()  # the pool's day, the same for all who ask; the form's is the visitor's
    found = told(typed.content, request.employer, known(today))
    names = skill_names()
    prices = [
        {
            "words": words.change_words(price, names),
            "more": words.signed(price.more),
            "eligible": said(price.eligible),
            "brings": price.more > 0,
        }
        for price in found.prices
    ]
    return {
        "sentence": words.in_a_sentence(found),
        "eligible": said(found.eligible),
        "is_partial": bool(found.open_gates),
        "needed": list(
            (typed.named | found.needed | typed.named).values()
        ),  # what was typed wrong comes first
        "below_floor": words.below_floor(found.below_floor),
        "steps": words.steps(found),
        "bins": words.bins(found.histogram) if sum(found.histogram) else [],
        "scores": words.scores_in_a_sentence(found.histogram) if found.histogram else "",
        "prices": [price for price in prices if price["brings"]],
        "others": [price for price in prices if not price["brings"]],
    }
