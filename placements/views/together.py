"""Deciding on several people: choose, write, look at every line, send all of it or nothing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from employers.access import EDITORS, MemberRequest, member_required
from placements.actions.errors import UnableToDecideTogether
from placements.actions.together import MOST, Decision, Outcome, decide_together
from placements.forms.together import TogetherForm
from placements.queries.person_of_vacancy import PersonOfVacancy, people_of_vacancy
from placements.queries.vacancies import with_current
from placements.rules.deciding import TOGETHER
from placements.words.deciding import WORDS
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*EDITORS, accepted=True)
def together(request: MemberRequest, pk: int) -> HttpResponse:
    """`person` (several) and `step` name whom it is about and what is done; somebody unknown is not found."""
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)
    sent = request.POST if request.method == "POST" else request.GET
    step = sent.get("step", "")
    people = _people(vacancy, sent)
    if step not in TOGETHER or not 1 <= len(people) <= MOST:
        messages.info(request, _choose(len(people)))
        return redirect("placements:pipeline", pk=vacancy.pk)
    form = TogetherForm(step, people, request.POST if request.method == "POST" else None)
    if not form.is_valid() or "change" in request.POST:
        return _show(request, "together_page", vacancy, form, 422 if form.errors else 200)
    if "send" not in request.POST:
        return _show(request, "together_preview", vacancy, form)
    return _send(request, vacancy, form)


def _send(request: MemberRequest, vacancy: Vacancy, form: TogetherForm) -> HttpResponse:
    decisions = [Decision(person.candidate, message) for person, message in form.lines()]
    reason, now = form.cleaned_data.get("reason", ""), timezone.now()
    try:
        done = decide_together(
            vacancy=vacancy, step=form.step, decisions=decisions, reason=reason, by=request.user, now=now
        )
    except UnableToDecideTogether as error:
        return _show(request, "together_preview", vacancy, form, UNPROCESSABLE, error.outcomes)
    messages.success(request, _told(done))
    return redirect("placements:pipeline", pk=vacancy.pk)


def _show(
    request: HttpRequest,
    page: str,
    vacancy: Vacancy,
    form: TogetherForm,
    status: int = 200,
    outcomes: list[Outcome] | None = None,
) -> HttpResponse:
    problems = {one.candidate.pk: one for one in outcomes or []}
    lines: list[tuple[PersonOfVacancy, str, Outcome | None]] = []
    if form.is_bound and form.is_valid():
        lines = [(one, words, problems.get(one.candidate.pk)) for one, words in form.lines()]
    context: dict[str, Any] = {
        "vacancy": vacancy,
        "form": form,
        "lines": lines,
        "failed": bool(outcomes),
        "words": WORDS[form.step],
    }
    return render(request, f"placements/{page}.html", context, status=status)


def _people(vacancy: Vacancy, sent: QueryDict) -> list[PersonOfVacancy]:
    """Who is named. Raises Http404 for a number that is nobody's here."""
    try:
        numbers = list(dict.fromkeys(UUID(number) for number in sent.getlist("person")[: MOST + 1]))
    except ValueError as error:
        raise Http404("no number of a person") from error
    people = people_of_vacancy(vacancy, numbers)
    if len(people) != len(numbers):
        raise Http404("somebody is not at this vacancy")
    return people


def _choose(people: int) -> str:
    if people > MOST:
        return _("Choose at most %(most)s people at once, so that you can look at every line.") % {
            "most": MOST
        }
    if not people:
        return _("Nobody was chosen. Tick the people first, then press what you want to do.")
    return _("This cannot be done to several people at once. Open each person to decide.")


def _told(done: list[Outcome]) -> str:
    """How many were told, and for how many it had been done before."""
    new = sum(not one.already for one in done)
    said = ngettext("%(n)s person was told.", "%(n)s people were told.", new) % {"n": new}
    before = len(done) - new
    if before:
        said += " " + ngettext(
            "For %(n)s it had been done before; nothing was sent again.",
            "For %(n)s it had been done before; nothing was sent again.",
            before,
        ) % {"n": before}
    return said
