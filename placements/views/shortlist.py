"""Who fits a vacancy, and why in this order."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import Measurement
from candidates.models import Candidate
from employers.access import member_required
from matching.engine import InvalidQuery
from matching.queries.matches import explained
from matching.queries.shortlist import Shortlist, shortlist_of
from matching.words.figures import skill_names
from placements.queries.funnel import near_misses, waterfall_steps
from placements.queries.pairing import Pairing, pairing
from reference.rules.rates import NoRate
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of, with_version_rows

PAGE = 20


@require_safe
@member_required(accepted=True)
def shortlist(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranking with what recruiters changed laid over it, twenty people a page."""
    own = with_version_rows(vacancies_of(request.employer)).prefetch_related("employer__staff")  # type: ignore[attr-defined]
    vacancy = get_object_or_404(own.exclude(current=None), pk=pk)
    found = shortlist_of(vacancy)
    context = {"vacancy": vacancy, "shortlist": found}
    if found:
        page = Paginator(found.order, PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "rows": _rows(vacancy, found, page.start_index() - 1 if len(found) else 0, page.end_index()),
            "steps": waterfall_steps(found.ranking.result),
            "near_misses": near_misses(found.ranking.result),
        }
    return render(request, "placements/shortlist_page.html", context)


def _rows(vacancy: Vacancy, found: Shortlist, first: int, last: int) -> list[tuple[object, Pairing | None]]:
    """Each row with its explanation; None for somebody whose profile changed so much that it cannot be computed."""
    rows = found.rows(first, last)
    now = timezone.now()
    ids = [row.candidate.pk for row in rows]
    try:
        known = explained(vacancy, ids, now.date()) if ids else {}
    except (InvalidQuery, NoRate):
        known = {}
    measured: dict[int, list[Measurement]] = {one: [] for one in ids}
    for measurement in Measurement.objects.filter(candidate__in=ids).current(now.date()):
        measured[measurement.candidate_id].append(measurement)
    names, people = skill_names(), Candidate.objects.in_bulk(ids)
    return [
        (row, pairing(known[one], people[one], measured[one], row, names) if one in known else None)
        for one, row in zip(ids, rows, strict=True)
    ]
