"""Showing interest in a vacancy."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.access import CandidateRequest, candidate_required
from common.posting import acts_by_post
from placements.actions.applications import express_interest
from placements.actions.errors import UnableToApply
from placements.enums import ApplicationState
from placements.forms.answering import InterestForm
from placements.queries.applications import application_between
from placements.queries.vacancies import with_current
from placements.views.match import show_match
from vacancies.enums import VacancyState
from vacancies.models import Vacancy


@candidate_required
@acts_by_post("placements:match")
def interest(request: CandidateRequest, pk: int) -> HttpResponse:
    """Tell the company; then the application. What cannot be sent is said, and what was typed stays there."""
    vacancy = get_object_or_404(with_current(Vacancy.objects.all()), pk=pk)
    form = InterestForm(request.POST)
    if not form.is_valid():
        return show_match(request, pk, form, status=422)
    try:
        made = express_interest(
            vacancy=vacancy,
            candidate=request.candidate,
            by=request.user,
            now=timezone.now(),
            message=form.cleaned_data["message"],
        )
    except UnableToApply as error:
        return _refused(request, vacancy, form, error)
    messages.success(request, _told(made.state, vacancy.employer.name))
    return redirect("placements:my_application", application=made.public_id)


def _refused(
    request: CandidateRequest, vacancy: Vacancy, form: InterestForm, error: UnableToApply
) -> HttpResponse:
    held = application_between(request.candidate, vacancy) if error.already else None
    if held is not None:
        messages.info(request, str(error))
        return redirect("placements:my_application", application=held.public_id)
    if vacancy.state != VacancyState.PUBLISHED:
        messages.error(request, str(error))
        return redirect("placements:matches")
    form.add_error(None, str(error))
    return show_match(request, vacancy.pk, form, status=422)


def _told(state: str, employer: str) -> str:
    if state == ApplicationState.BOTH_INTERESTED:
        words = _(
            "%(employer)s had invited you: you are both interested now. They see your name and how to reach you."
        )
    else:
        words = _("%(employer)s knows of your interest, without your name, and owes you an answer.")
    return words % {"employer": employer}
