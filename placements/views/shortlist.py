"""Who fits a vacancy, and why in this order."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.access import EDITORS, MemberRequest, member_required
from employers.queries import own_date
from matching.enums import EntryKind
from matching.queries.known import known_facts
from matching.queries.matches import content_now
from matching.queries.shortlist import Shortlist, ShortlistRow, shortlist_of
from matching.words import PART_LABELS
from matching.words.figures import skill_names
from placements.queries.comparison import FEWEST, MOST
from placements.queries.funnel import waterfall_steps
from placements.queries.invited import days_of, groups_to_invite, invited_people
from placements.queries.narrowing import choices_of, narrowed, narrowing_of
from placements.queries.near_misses import near_misses_of
from placements.queries.standings import ASIDE, ENDED, NOTHING, Standing, standings_on_list
from placements.queries.vacancies import with_current
from placements.rules.deciding import PUT_BACK, TAKE_BACK, steps_for
from placements.views.drawn_rows import Suiting, drawn_rows
from placements.words.deciding import WORDS, StepWords
from vacancies.enums import VacancyState
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of

PAGE = 20


@require_safe
@member_required(accepted=True)
def shortlist(request: MemberRequest, pk: int) -> HttpResponse:
    """The ranking with what recruiters changed laid over it, twenty people a page, narrowed by what the address says."""
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)
    found = shortlist_of(vacancy)
    context: dict[str, Any] = {"vacancy": vacancy, "shortlist": found, "parts": PART_LABELS}
    if found is not None:
        context |= _list_of(request, vacancy, found)
        context["may_edit"] = request.membership.role in EDITORS
    return render(request, "placements/shortlist_page.html", context)


def _list_of(request: MemberRequest, vacancy: Vacancy, found: Shortlist) -> dict[str, Any]:
    """What the page shows of a list that there is."""
    on = timezone.now().date()
    facts = known_facts(on)
    content = content_now(vacancy, facts)
    known = standings_on_list(vacancy, frozenset(found.order))
    choices = choices_of(found, content, known)
    narrowing = narrowing_of(request.GET, choices)
    shown = narrowed(found, narrowing, known, on)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    cut = _first_waiting(found, shown)
    near, now = near_misses_of(found.ranking.result, content, on, skill_names()), timezone.now()
    invited = invited_people(vacancy, found, now)
    return {
        "page": page,
        "groups": _groups(
            [
                ListedPerson(row, suiting, known.get(row.candidate.pk, NOTHING), _next(vacancy, known, row))
                for row, suiting in drawn_rows(vacancy, found, list(page), facts)
            ],
            page.start_index(),
            cut,
        ),
        "aside": sum(known[one].code == ASIDE for one in found.order if one in known),
        "today": own_date(request.employer, timezone.now(), vacancy.current.zone if vacancy.current else ""),
        "grouped": cut < len(shown),
        "shown_now": sum(one not in found.waiting for one in shown),
        "waiting_now": sum(one in found.waiting for one in shown),
        "waiting_page": cut // PAGE + 1,
        "kept": len(found.ranking.result.candidate_ids),
        "hidden": [entry for entry in found.hidden() if entry.kind == EntryKind.HIDDEN],
        "by_hand": any(one in found.order for one in found.entries),
        "choices": choices,
        "narrowing": narrowing,
        "fewest": FEWEST,
        "most": MOST,
        "steps": waterfall_steps(found.ranking.result),
        "near_misses": near,
        "near_groups": groups_to_invite(near.groups, invited, now),
        "invited_days": days_of(invited, found),
    }


NOT_FORWARD = (PUT_BACK, TAKE_BACK)
"""Steps that are no next action: they only undo."""


class ListedPerson(NamedTuple):
    """A row with how the person suits, how the two stand, and the usual next step (None where there is none)."""

    row: ShortlistRow
    suiting: Suiting | None
    standing: Standing
    next_step: StepWords | None


def _next(vacancy: Vacancy, known: Mapping[int, Standing], row: ShortlistRow) -> StepWords | None:
    code, state = known.get(row.candidate.pk, NOTHING).code, vacancy.state
    if code == ENDED:
        return None
    steps = steps_for(code, published=state == VacancyState.PUBLISHED, closed=state == VacancyState.CLOSED)
    return WORDS[steps[0]] if steps and steps[0] not in NOT_FORWARD else None


class Group(NamedTuple):
    """People of one page who stand together: whether they wait, the number of the first in the list, the rows."""

    waiting: bool
    start: int
    rows: list[ListedPerson]


def _first_waiting(found: Shortlist, shown: list[int]) -> int:
    """How many stand before the first who waits for a place; everybody where nobody waits."""
    return next((at for at, one in enumerate(shown) if one in found.waiting), len(shown))


def _groups(rows: list[ListedPerson], start: int, cut: int) -> list[Group]:
    """The rows of a page beginning at place `start` (1-based): those before place `cut`, then the others."""
    before = min(len(rows), max(0, cut - start + 1))
    both = [Group(False, start, rows[:before]), Group(True, start + before, rows[before:])]
    return [group for group in both if group.rows]
