"""Who fits a vacancy, and why in this order."""

from collections import Counter
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import Measurement
from employers.access import EDITORS, member_required
from matching.engine import InvalidQuery
from matching.enums import EntryKind
from matching.queries.known import DayFacts, known_facts
from matching.queries.matches import content_now, explained
from matching.queries.shortlist import Shortlist, ShortlistRow, shortlist_of
from matching.words import PART_LABELS
from matching.words.figures import skill_names
from placements.queries.funnel import waterfall_steps
from placements.queries.near_misses import near_misses_of
from placements.queries.pairing import Pairing, pairing
from placements.queries.vacancies import with_current
from reference.names import country_name
from reference.rules.rates import NoRate
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of

PAGE = 20

Row = tuple[ShortlistRow | None, Pairing | None]
"""A person's row with its explanation."""


@require_safe
@member_required(accepted=True)
def shortlist(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranking with what recruiters changed laid over it, twenty people a page; `country` in the address narrows it."""
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)  # type: ignore[attr-defined]
    found, now = shortlist_of(vacancy), timezone.now()
    context: dict[str, Any] = {"vacancy": vacancy, "shortlist": found, "parts": PART_LABELS}
    if found is not None:
        countries = Counter(found.listed[one].country_id or "" for one in found.order)
        chosen = request.GET.get("country", "")
        chosen = chosen if chosen in countries else ""
        shown = [one for one in found.order if not chosen or found.listed[one].country_id == chosen]
        page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
        facts = known_facts(now.date())
        cut = _first_waiting(found, shown)
        rows = _rows(vacancy, found, list(page), facts)
        content = content_now(vacancy, facts)
        missing = near_misses_of(found.ranking.result, content, now.date(), skill_names())
        context |= {
            "page": page,
            "groups": _groups(rows, page.start_index(), cut),
            "grouped": cut < len(shown),
            "shown_now": sum(one not in found.waiting for one in shown),
            "waiting_now": sum(one in found.waiting for one in shown),
            "waiting_page": cut // PAGE + 1,
            "kept": len(found.ranking.result.candidate_ids),
            "hidden": [entry for entry in found.hidden() if entry.kind == EntryKind.HIDDEN],
            "by_hand": any(one in found.order for one in found.entries),
            "countries": _by_count(countries) if len(countries) > 1 else [],
            "country": chosen,
            "may_edit": request.membership.role in EDITORS,  # type: ignore[attr-defined]
            "steps": waterfall_steps(found.ranking.result),
            "near_misses": missing,
        }
    return render(request, "placements/shortlist_page.html", context)


class Group(NamedTuple):
    """People of one page who stand together: whether they wait, the number of the first in the list, the rows."""

    waiting: bool
    start: int
    rows: list[Row]


def _first_waiting(found: Shortlist, shown: list[int]) -> int:
    """How many stand before the first who waits for a place; everybody where nobody waits."""
    return next((at for at, one in enumerate(shown) if one in found.waiting), len(shown))


def _groups(rows: list[Row], start: int, cut: int) -> list[Group]:
    """The rows of a page beginning at place `start` (1-based): those before place `cut`, then the others."""
    before = min(len(rows), max(0, cut - start + 1))
    both = [Group(False, start, rows[:before]), Group(True, start + before, rows[before:])]
    return [group for group in both if group.rows]


def _by_count(countries: Counter[str]) -> list[tuple[str, str, int]]:
    """(code, name, people), most people first."""
    named = [(code, country_name(code), people) for code, people in countries.items()]
    return sorted(named, key=lambda country: (-country[2], country[1]))


def _rows(vacancy: Vacancy, found: Shortlist, ids: list[int], facts: DayFacts) -> list[Row]:
    """Each row with its explanation; None for somebody whose profile changed so much that it cannot be computed."""
    try:
        known = explained(vacancy, ids, facts.on, with_changes=False, facts=facts) if ids else {}
    except (InvalidQuery, NoRate):
        known = {}
    measured: dict[int, list[Measurement]] = {one: [] for one in ids}
    for measurement in Measurement.objects.filter(candidate__in=ids).current(facts.on):
        measured[measurement.candidate_id].append(measurement)
    names, people = skill_names(), found.listed
    rows = [(one, found.row_of(one)) for one in ids]
    return [
        (row, pairing(known[one], people[one], measured[one], row, names) if one in known else None)
        for one, row in rows
    ]
