"""One vacancy, as one candidate sees it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.queries.measurements import current_measurements
from candidates.access import CandidateRequest, candidate_required
from candidates.queries import own_date
from matching.engine import InvalidQuery
from matching.enums import EntryKind
from matching.queries.matches import explained
from matching.queries.shortlist import shortlist_of
from matching.words.figures import skill_names
from placements.forms.answering import InterestForm
from placements.queries.applications import application_between
from placements.queries.near_misses import lacking, pages_by_fact, tests_by_fact
from placements.queries.pairing import pairing
from placements.queries.standings import set_aside_for
from placements.queries.vacancies import with_current_rows
from reference.rules.rates import NoRate
from vacancies.queries.vacancies import published_vacancies


@require_safe
@candidate_required
def match(request: CandidateRequest, pk: int) -> HttpResponse:
    """Why me, why not higher, and what would change it: the same figures that the employer sees."""
    return show_match(request, pk, InterestForm())


def show_match(request: CandidateRequest, pk: int, form: InterestForm, status: int = 200) -> HttpResponse:
    """The page of the vacancy with what stands between the two, or the form to show interest."""
    candidate = request.candidate
    vacancy = get_object_or_404(with_current_rows(published_vacancies()), pk=pk)
    now = timezone.now()
    found = shortlist_of(vacancy)
    try:
        known = explained(vacancy, [candidate.pk], now.date(), found.ranking if found else None).get(
            candidate.pk
        )
    except (InvalidQuery, NoRate) as error:
        raise Http404("cannot be ranked") from error
    if known is None:
        return render(request, "placements/match_without_profile.html", {"vacancy": vacancy})
    ranked = found and found.ranking.result.rank_of(candidate.pk) is not None
    row = found.ranked_row(candidate) if found and ranked and candidate.listed else None
    by_hand = found.entries.get(candidate.pk) if found and candidate.pk in found.listed else None
    shown = found.row_of(candidate.pk) if found and by_hand else None
    tests, names = tests_by_fact(), skill_names()
    pages = pages_by_fact(tests)
    measured = list(current_measurements(candidate, now.date()))
    context = {
        "vacancy": vacancy,
        "version": vacancy.current,
        "ranking": found.ranking if found and row else None,
        "row": row,
        "by_hand": by_hand if shown or (by_hand and by_hand.kind == EntryKind.HIDDEN) else None,
        "place": shown.place if shown else None,
        "pairing": pairing(known, candidate, measured, row, names, tested=tests.keys() | pages.keys()),
        "lacking": lacking(known.explanation, tests, pages, names),
        "mine": True,
        "now": now,
        "today": own_date(candidate, now),
        "candidate": candidate,
        "application": application_between(candidate, vacancy),
        "aside": set_aside_for(vacancy, candidate),
        "form": form,
    }
    return render(request, "placements/match_page.html", context, status=status)
