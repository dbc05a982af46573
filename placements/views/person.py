"""One person for one vacancy, as the employer sees them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import Measurement
from assessments.queries.scorecards import scorecards_for
from employers.access import EDITORS, MemberRequest, member_required
from employers.queries import own_date
from matching.engine import InvalidQuery
from matching.enums import EntryKind
from matching.queries.matches import explained
from matching.queries.shortlist import shortlist_of
from placements.actions.profile_views import record_profile_view
from placements.forms.deciding import NoteForm
from placements.models import ApplicationLog
from placements.queries.notes import notes_of
from placements.queries.pairing import Pairing
from placements.queries.person_of_vacancy import PersonOfVacancy, person_of_vacancy
from placements.queries.vacancies import with_current
from placements.words.deciding import WORDS
from reference.rules.rates import NoRate
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of


@require_safe
@member_required(accepted=True)
def person(request: MemberRequest, pk: int, person: UUID) -> HttpResponse:
    """Reasons first, then evidence, levels, clocks and pay; then deciding. Only people on this list or in an application.

    Whoever a recruiter hid has a page that says so, with the reason, and nothing about the person. Of somebody whose
    application ended and who left the list stays what was said.
    """
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)
    found = person_of_vacancy(vacancy, person)
    if found is None:
        return _hidden(request, vacancy, person)
    application, now = found.application, timezone.now()
    context: dict[str, Any] = {
        "vacancy": vacancy,
        "person": found,
        "candidate": found.candidate,
        "application": application,
        "history": _history(found),
        "today": own_date(request.employer, now, vacancy.current.zone if vacancy.current else ""),
    }
    if not found.profile_shown:
        return render(request, "placements/person_ended.html", context)
    record_profile_view(candidate=found.candidate, vacancy=vacancy, by=request.user, now=now)
    may_edit = request.membership.role in EDITORS
    context |= {
        "ranking": found.found.ranking if found.found else None,
        "row": found.row,
        "scorecards": scorecards_for(request.employer, found.candidate),
        "notes": notes_of(request.employer, found.candidate),
        "note_form": NoteForm() if may_edit else None,
        "may_edit": may_edit,
        "steps": [WORDS[step] for step in found.steps(now)],
        "pairing": _pairing(found),
    }
    return render(request, "placements/person_page.html", context)


def _hidden(request: MemberRequest, vacancy: Vacancy, number: UUID) -> HttpResponse:
    """The page of somebody whom a recruiter hid. Raises Http404 for everybody else."""
    found = shortlist_of(vacancy)
    for entry in found.hidden() if found else ():
        if entry.kind == EntryKind.HIDDEN and entry.candidate.public_id == number:
            return render(request, "placements/person_hidden.html", {"vacancy": vacancy, "entry": entry})
    raise Http404("not on this shortlist")


def _history(person: PersonOfVacancy) -> list[ApplicationLog]:
    """The steps of the last application, the newest first; one query at most."""
    if person.application is None:
        return []
    return list(person.application.log.select_related("by__identity").order_by("-at", "-pk"))


def _pairing(person: PersonOfVacancy) -> Pairing | None:
    """How the two suit each other; None where it cannot be computed now."""
    on, candidate = timezone.now().date(), person.candidate
    ranking = person.found.ranking if person.found else None
    try:
        known = explained(person.vacancy, [candidate], on, ranking).get(candidate.pk)
    except (InvalidQuery, NoRate):
        known = None
    if known is None:
        return None
    measured = list(Measurement.objects.filter(candidate=candidate).current(on))
    return Pairing(known, candidate, measured, person.row, tested=None)
