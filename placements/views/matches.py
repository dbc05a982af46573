"""The open vacancies, as one candidate's matches."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from candidates.access import candidate_required
from matching.queries.matches import matches_of
from matching.words.gates import REASONS, gate_label

PAGE = 20


@require_safe
@candidate_required
def matches(request: HttpRequest) -> HttpResponse:
    """Best first; then what only lacks a measurement; then how many others each condition rules out."""
    now = timezone.now()
    found = matches_of(request.candidate, now.date())  # type: ignore[attr-defined]
    eligible = [one for one in found if one.score is not None]
    near = [(one, REASONS[one.code]) for one in found if one.near_miss and one.code]
    lost = Counter(one.code.gate for one in found if one.score is None and not one.near_miss and one.code)
    context = {
        "candidate": request.candidate,  # type: ignore[attr-defined]
        "page": Paginator(eligible, PAGE).get_page(request.GET.get("page")),
        "near_misses": near,
        "lost": [(gate_label(gate), count) for gate, count in lost.most_common()],
        "total": len(found),
        "now": now,
    }
    return render(request, "placements/matches_page.html", context)
