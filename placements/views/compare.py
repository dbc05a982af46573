"""Two to four people of one shortlist side by side."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.access import MemberRequest, member_required
from matching.queries.known import known_facts
from matching.queries.shortlist import Shortlist, shortlist_of
from placements.actions.profile_views import record_profile_views
from placements.queries.comparison import FEWEST, MOST, comparison_of
from placements.queries.explained_rows import explained_rows
from placements.queries.standings import standings
from placements.queries.vacancies import with_current
from vacancies.queries.vacancies import vacancies_of


@require_safe
@member_required(accepted=True)
def compare(request: MemberRequest, pk: int) -> HttpResponse:
    """The people named in the address, by their numbers; somebody who is not on the list is not found."""
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)
    found = shortlist_of(vacancy)
    if found is None:
        raise Http404("no list yet")
    chosen = _chosen(found, request.GET.getlist("person"))
    context = {"vacancy": vacancy, "ranking": found.ranking, "fewest": FEWEST, "most": MOST}
    if not FEWEST <= len(chosen) <= MOST:
        context["chosen"] = len(chosen)
        return render(request, "placements/compare_choose.html", context)
    now = timezone.now()
    rows = explained_rows(vacancy, found, chosen, known_facts(now.date()))
    people = [one.row.candidate for one in rows]
    record_profile_views(candidates=people, vacancy=vacancy, by=request.user, now=now)
    names = {one: known.name for one, known in standings(vacancy, chosen).items()}
    context["comparison"] = comparison_of(rows, names)
    return render(request, "placements/compare_page.html", context)


def _chosen(found: Shortlist, numbers: list[str]) -> list[int]:
    """Candidate ids of public ids, each once. Raises Http404 for a number that stands for nobody on the list."""
    try:
        people = [found.listed.numbered(UUID(number)) for number in numbers]
    except ValueError as unknown:
        raise Http404(_("Somebody you chose is not on this list.")) from unknown
    chosen = [one.pk for one in people if one is not None and one.pk in found.order]
    if len(chosen) < len(numbers):
        raise Http404(_("Somebody you chose is not on this list."))
    return list(dict.fromkeys(chosen))
