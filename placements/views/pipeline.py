"""Everybody who is in an application for one vacancy, by stage, with the promised dates."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.access import EDITORS, MemberRequest, member_required
from employers.queries import own_date
from placements.enums import OPEN_STATES, ApplicationState
from placements.models import Application
from placements.queries.stages import ENDED, FUNNEL, STAGES, Stage, people_in, promised_days, stages_of
from placements.queries.vacancies import with_current
from placements.rules.deciding import TOGETHER
from placements.words.deciding import WORDS
from vacancies.queries.vacancies import vacancies_of

PAGE = 50


@require_safe
@member_required(accepted=True)
def pipeline(request: MemberRequest, pk: int) -> HttpResponse:
    """By stage, fifty a page; `stage` in the address narrows it to one state, or to what has ended."""
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)
    assert vacancy.current is not None
    today = own_date(request.employer, timezone.now(), vacancy.current.zone)
    stages = stages_of([vacancy], today).get(vacancy.pk, {})
    stage = request.GET.get("stage", "")
    stage = stage if stage in (*FUNNEL, "ended") else ""
    states = {"": tuple(OPEN_STATES), "ended": ENDED}.get(stage, (stage,))
    people = people_in(vacancy, states, today, _count(stages, states))
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    context = {
        "vacancy": vacancy,
        "page": page,
        "today": today,
        "now": timezone.now(),
        "stage": stage,
        "tabs": _tabs(stages, stage),
        "funnel": _funnel(stages, reverse("placements:pipeline", args=[vacancy.pk])),
        "days": promised_days(Application.objects.filter(vacancy=vacancy)),
        "any": bool(stages),
        "choosing": request.membership.role in EDITORS and stage not in ("ended", ApplicationState.HIRED),
        "together": [(step, WORDS[step]) for step in TOGETHER if step != "invite"],
    }
    return render(request, "placements/pipeline_page.html", context)


def _count(stages: dict[str, Stage], states: Iterable[str]) -> int:
    """How many stand in some states together."""
    return sum(stages[state].count for state in states if state in stages)


def _tabs(stages: dict[str, Stage], chosen: str) -> list[dict[str, Any]]:
    """All that is open, each stage with somebody in it, and what has ended."""
    tabs = [("", _("Everything open"), _count(stages, OPEN_STATES))]
    tabs += [
        (str(state), str(ApplicationState(state).label).capitalize(), _count(stages, [state]))
        for state in (*STAGES, ApplicationState.HIRED)
        if _count(stages, [state]) or state == chosen
    ]
    if (ended := _count(stages, ENDED)) or chosen == "ended":
        tabs.append(("ended", _("Ended"), ended))
    return [
        {"label": label, "url": f"?stage={code}" if code else "?", "current": code == chosen, "count": n}
        for code, label, n in tabs
    ]


def _funnel(stages: dict[str, Stage], url: str) -> list[dict[str, Any]]:
    """Every stage from the first word to the contract, as the graphic takes them."""
    found = [stages.get(state, Stage(state)) for state in FUNNEL]
    return [
        {"label": one.label, "count": one.count, "missed": one.missed, "href": f"{url}?stage={one.state}"}
        for one in found
    ]
