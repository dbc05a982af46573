"""One person for one vacancy, as the employer sees them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import Measurement
from assessments.queries.scorecards import scorecards_for
from employers.access import EDITORS, MemberRequest, member_required
from matching.engine import InvalidQuery
from matching.enums import EntryKind
from matching.queries.matches import explained
from matching.queries.shortlist import shortlist_of
from placements.actions.profile_views import record_profile_view
from placements.queries.near_misses import pages_by_fact, tests_by_fact
from placements.queries.pairing import pairing
from placements.queries.vacancies import with_current
from reference.rules.rates import NoRate
from vacancies.queries.vacancies import vacancies_of


@require_safe
@member_required(accepted=True)
def person(request: MemberRequest, pk: int, person: UUID) -> HttpResponse:
    """Reasons first, then evidence, levels, clocks and pay. Only people on this shortlist; no name.

    Whoever a recruiter hid has a page that says so, with the reason, and nothing about the person.
    """
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)
    found = shortlist_of(vacancy)
    shown = {one.public_id: one.pk for one in found.listed.values()} if found else {}
    row = found.row_of(shown[person]) if found and person in shown else None
    if found and row is None:
        for entry in found.hidden():
            if entry.kind == EntryKind.HIDDEN and entry.candidate.public_id == person:
                return render(request, "placements/person_hidden.html", {"vacancy": vacancy, "entry": entry})
    if found is None or row is None:
        raise Http404("not on this shortlist")
    now = timezone.now()
    record_profile_view(candidate=row.candidate, vacancy=vacancy, by=request.user, now=now)
    try:
        known = explained(vacancy, [row.candidate.pk], now.date(), found.ranking).get(row.candidate.pk)
    except (InvalidQuery, NoRate):
        known = None
    tests = tests_by_fact()
    tested = tests.keys() | pages_by_fact(tests).keys()
    measured = list(Measurement.objects.filter(candidate=row.candidate).current(now.date()))
    context = {
        "vacancy": vacancy,
        "ranking": found.ranking,
        "row": row,
        "scorecards": scorecards_for(request.employer, row.candidate),
        "may_edit": request.membership.role in EDITORS,
        "pairing": pairing(known, row.candidate, measured, row, tested=tested) if known else None,
    }
    return render(request, "placements/person_page.html", context)
