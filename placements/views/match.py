"""One vacancy, as one candidate sees it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.queries.measurements import current_measurements
from candidates.access import CandidateRequest, candidate_required
from candidates.queries import facts_of, own_date, progress
from candidates.rules.progress import missing_for_listing
from employers.enums import EmployerState
from matching.engine import InvalidQuery
from matching.enums import EntryKind
from matching.queries.matches import explained
from matching.queries.shortlist import shortlist_of
from matching.words.figures import skill_names
from placements.forms.answering import InterestForm
from placements.queries.applications import application_between
from placements.queries.fact_tests import pages_by_fact, tests_by_fact
from placements.queries.near_misses import lacking
from placements.queries.pairing import Pairing
from placements.queries.standings import set_aside_for
from placements.queries.vacancies import with_current
from reference.rules.rates import NoRate
from vacancies.addresses import job_path
from vacancies.models import Vacancy
from vacancies.queries.public import is_gone, seen_once
from vacancies.queries.vacancies import published_vacancies


@require_safe
@candidate_required
def match(request: CandidateRequest, pk: int) -> HttpResponse:
    """Why me, why not higher, and what would change it: the same figures that the employer sees."""
    return show_match(request, pk, InterestForm())


def show_match(request: CandidateRequest, pk: int, form: InterestForm, status: int = 200) -> HttpResponse:
    """The page of the vacancy with what stands between the two, or the form to show interest."""
    candidate = request.candidate
    now = timezone.now()
    shown_rows = ("current__shifts", "current__countries")
    vacancy = with_current(published_vacancies()).prefetch_related(*shown_rows).filter(pk=pk).first()
    if vacancy is None:
        return _not_open(request, get_object_or_404(seen_once(), pk=pk))
    found = shortlist_of(vacancy)
    try:
        known = explained(vacancy, [candidate], now.date(), found.ranking if found else None).get(
            candidate.pk
        )
    except (InvalidQuery, NoRate) as error:
        raise Http404("cannot be ranked") from error
    if known is None:
        return _without_profile(request, vacancy)
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
        "pairing": Pairing(
            known, candidate, measured, row, names, tested=tests.keys() | pages.keys(), to_person=True
        ),
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


def _without_profile(request: CandidateRequest, vacancy: Vacancy) -> HttpResponse:
    """The profile says too little to be compared: the next step is offered, and by that press the vacancy is remembered."""
    context = {
        "vacancy": vacancy,
        "gone": is_gone(vacancy),
        "accepted": vacancy.employer.state == EmployerState.ACCEPTED,
        "step": progress(request.candidate).next_step,
    }
    return render(request, "placements/match_without_profile.html", context)


def _not_open(request: CandidateRequest, vacancy: Vacancy) -> HttpResponse:
    """Paused or closed since it was chosen: said to somebody who has just begun, else on the page for everybody."""
    if missing_for_listing(facts_of(request.candidate)):
        return _without_profile(request, vacancy)
    return redirect(job_path(vacancy))
