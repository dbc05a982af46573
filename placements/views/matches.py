"""The open vacancies, as one candidate's matches."""

from collections import Counter
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.models import Bank
from candidates.access import candidate_required
from candidates.models import Candidate
from candidates.queries import progress
from matching.queries.matches import matches_of, shown_matches
from matching.words.figures import skill_names
from matching.words.gates import gate_label
from placements.queries.applications import own_states
from placements.queries.fact_tests import tests_by_fact
from placements.queries.invitations import open_invitations
from placements.queries.near_misses import VacancyGroup, grouped_by_fact

PAGE = 20


class NextStep(NamedTuple):
    """What brings the first match nearer: the words on the button, and where it leads; empty when there is nothing."""

    label: str
    href: str


@require_safe
@candidate_required
def matches(request: HttpRequest) -> HttpResponse:
    """Best first; then what only lacks a fact, by that fact; then how many others each condition rules out."""
    now = timezone.now()
    candidate: Candidate = request.candidate  # type: ignore[attr-defined]
    found = matches_of(candidate, now.date())
    groups = grouped_by_fact(candidate, found, tests_by_fact(), skill_names()) if found.near else []
    page = Paginator(found.eligible, PAGE).get_page(request.GET.get("page"))
    shown = shown_matches(candidate, found, list(page))
    prefetch_related_objects([one.vacancy for one in shown], "current__countries")
    context = {
        "candidate": candidate,
        "invitations": open_invitations(candidate, now),
        "page": page,
        "shown": shown,
        "applications": own_states(candidate, [one.vacancy for one in shown]),
        "groups": groups,
        "next_step": None if found.eligible else _next_step(candidate, groups),
        "lost": [(gate_label(gate), count) for gate, count in Counter(found.lost).most_common()],
        "total": found.total,
        "now": now,
    }
    return render(request, "placements/matches_page.html", context)


def _next_step(candidate: Candidate, groups: list[VacancyGroup]) -> NextStep:
    """The profile while it has gaps, else the test that opens most vacancies, else the tests there are."""
    step = progress(candidate).next_step
    if step is not None:
        return NextStep(_("Complete your profile"), reverse("candidates:step", args=[step]))
    banks: list[Bank] = [bank for group in groups for bank in group.banks]
    if banks:
        return NextStep(
            _("Start: %(test)s") % {"test": banks[0].test_name},
            reverse("assessments:start", args=[banks[0].code]),
        )
    return NextStep(_("See the tests"), reverse("assessments:overview"))
