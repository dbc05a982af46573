"""What an employer saw in an interview with somebody on its shortlist."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.scorecards import (
    NotListed,
    UnableToChangeCard,
    UnableToScore,
    record_scorecard,
    withdraw_scorecard,
)
from assessments.forms.scorecard import ReasonForm, ScorecardForm
from assessments.queries.scorecards import scorecards_for
from employers.access import EDITORS, MemberRequest, member_required
from placements.queries.person_of_vacancy import PersonOfVacancy, person_of_vacancy
from placements.queries.vacancies import with_current
from vacancies.queries.vacancies import vacancies_of

UNPROCESSABLE = 422


def _of_list(request: MemberRequest, pk: int, person: UUID) -> PersonOfVacancy:
    """The employer's own vacancy and somebody on its list, or in an application for it; nobody else is found."""
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)
    found = person_of_vacancy(vacancy, person)
    if found is None or not found.may_be_scored:
        raise Http404("neither on this shortlist nor in an application")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*EDITORS, accepted=True)
def scorecard(request: MemberRequest, pk: int, person: UUID) -> HttpResponse:
    """Anchored behaviours beside the notes of the interviewer. Only for people on this shortlist or in an application."""
    found = _of_list(request, pk, person)
    form = ScorecardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            record_scorecard(
                candidate=found.candidate,
                employer=request.employer,
                key=form.cleaned_data["key"],
                interviewed_on=form.cleaned_data["interviewed_on"],
                ratings=form.ratings,
                by=request.user,
                now=timezone.now(),
            )
        except NotListed as gone:
            raise Http404("no longer listed") from gone
        except UnableToScore as error:
            for flaw in error.flaws:
                form.add_error(flaw.field or None, str(flaw.text))
        else:
            messages.success(request, _("The interview is kept. The person can read it and reply."))
            return redirect("placements:person", pk=pk, person=person)
    context = {"found": found, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "placements/scorecard_page.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*EDITORS, accepted=True)
def scorecard_withdraw(request: MemberRequest, pk: int, person: UUID, card: int) -> HttpResponse:
    """Take an own card back, with a reason that the person sees."""
    found = _of_list(request, pk, person)
    taken = get_object_or_404(scorecards_for(request.employer, found.candidate), pk=card)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            withdraw_scorecard(
                scorecard=taken, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )
        except UnableToChangeCard:
            words = _("Nothing was changed: it counts already, or was taken back. Ask a recruiter.")
            messages.warning(request, words)
        else:
            messages.success(request, _("The card was taken back."))
        return redirect("placements:person", pk=pk, person=person)
    context = {"found": found, "card": taken, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "placements/scorecard_withdraw.html", context, status=status)
