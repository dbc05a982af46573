"""The desk itself: the whole page, its queue, and the end of the shift."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from assessments.actions.desk.acts import draft_name
from assessments.actions.desk.runs import end_run, hear_run
from assessments.enums import RunState
from assessments.forms.desk import DeskAnswerForm
from assessments.models import ScenarioRun
from assessments.queries.desk_page import DeskPage, desk_page, looked_up
from assessments.views.desk.access import own_run_required

PLACES = ("contact", "words", "what", "done", "said", "check")
"""What the address of the desk says: the open contact, what was searched and opened beside it, and what just happened."""


def desk_address(run: ScenarioRun, **places: str) -> str:
    """Where the desk stands open like this; `at` is the part of the page to look at first."""
    query = urlencode({name: places[name] for name in PLACES if places.get(name)})
    part = f"#{places['at']}" if places.get("at") else ""
    return reverse("assessments:desk_run", args=[run.pk]) + (f"?{query}" if query else "") + part


def away(request: HttpRequest, to: str, **kwargs: Any) -> HttpResponse:
    """Lead to a page other than the desk; a script that only swaps the desk is told to load it whole."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(reverse(to, kwargs=kwargs))
    return redirect(to, **kwargs)


def to_result(request: HttpRequest, run: ScenarioRun) -> HttpResponse:
    """The page of a run that is over."""
    return away(request, "assessments:desk_result", run=run.pk)


@require_safe
@never_cache
@own_run_required
def desk_run(request: HttpRequest, run: ScenarioRun) -> HttpResponse:
    """The queue, the open contact and the knowledge base."""
    if run.state == RunState.OPEN:
        run = hear_run(run=run, polls=False, now=timezone.now())
    if run.state != RunState.OPEN:
        return to_result(request, run)
    places = {name: request.GET.get(name, "")[:200] for name in PLACES}
    page = desk_page(run, places["contact"], places["done"])
    context = {
        "run": run,
        "page": page,
        "look": looked_up(page.script, places["words"], places["what"]),
        "form": _form(page, places["check"] == "yes"),
        "places": places,
        "key": uuid4(),
        "language": run.version.scenario.language_id,
    }
    return render(request, "assessments/desk/run_desk.html", context)


def _form(page: DeskPage, check: bool) -> DeskAnswerForm | None:
    if page.line is None:
        return None
    draft = page.run.drafts.get(draft_name(page.line.contact.code, page.line.turn()), {})
    facts: dict[str, Any] = {"script": page.script, "line": page.line, "seed": page.run.seed}
    facts["language"] = page.run.version.scenario.language_id
    return DeskAnswerForm(draft, **facts) if check else DeskAnswerForm(initial=draft, **facts)


@require_safe
@never_cache
@own_run_required
def desk_queue(request: HttpRequest, run: ScenarioRun) -> HttpResponse:
    """The queue and the clock alone, for a page that asks every few seconds; who opens the address gets the desk."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("assessments:desk_run", run=run.pk)
    if run.state == RunState.OPEN:
        run = hear_run(run=run, polls=True, now=timezone.now())
    if run.state != RunState.OPEN:
        return to_result(request, run)
    contact = request.GET.get("contact", "")[:40]
    known = set(request.GET.get("known", "")[:1000].split(","))
    page = desk_page(run, contact, "")
    new = [row for row in page.rows if row.code not in known]
    context = {"run": run, "page": page, "new": new, "language": run.version.scenario.language_id}
    return render(request, "assessments/desk/_queue_news.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@own_run_required
def desk_end(request: HttpRequest, run: ScenarioRun) -> HttpResponse:
    """Ask once more, then end the shift."""
    now = timezone.now()
    if run.state == RunState.OPEN:
        run = (
            end_run(run=run, now=now) if request.method == "POST" else hear_run(run=run, polls=False, now=now)
        )
    if run.state != RunState.OPEN:
        return to_result(request, run)
    return render(request, "assessments/desk/run_end.html", {"run": run, "page": desk_page(run, "", "")})
