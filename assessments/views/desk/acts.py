"""What the buttons of the desk do. Each keeps what was chosen so far, acts once, and leads back to the desk."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessments.actions.desk import acts
from assessments.actions.desk.hand import RunIsOver, UnableToAct
from assessments.enums import RunState
from assessments.forms.desk import DeskAnswerForm, draft_of
from assessments.models import ScenarioRun
from assessments.queries.desk_page import desk_page
from assessments.views.desk.access import own_run_required
from assessments.views.desk.run import away, desk_address, to_result

Act = Callable[[HttpRequest, ScenarioRun, UUID], HttpResponse]


def desk_act(act: Act) -> Callable[..., HttpResponseBase]:
    """A POST with the key of its button. The draft is kept first; what cannot be done says so on the desk."""

    @wraps(act)
    def guarded(request: HttpRequest, run: ScenarioRun) -> HttpResponse:
        if run.state != RunState.OPEN:
            return to_result(request, run)
        contact, turn = _sent(request, "contact"), _sent(request, "turn")[:4]
        if contact and turn.isdecimal() and (draft := draft_of(request.POST)):
            acts.keep_draft(run=run, contact=contact, turn=int(turn), draft=draft)
        try:
            key = UUID(request.POST.get("key", ""))
            return act(request, run, key)
        except RunIsOver:
            return to_result(request, run)
        except (UnableToAct, ValueError):
            return redirect(_here(request, run, contact="", said="gone"))

    view: Callable[..., HttpResponseBase] = require_POST(never_cache(own_run_required(guarded)))
    return view


def _sent(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "")[:200]


def _here(request: HttpRequest, run: ScenarioRun, **changes: str) -> str:
    """The desk as it stood, with changes."""
    places = {"contact": _sent(request, "contact"), "words": _sent(request, "shown_words")}
    places["what"] = _sent(request, "shown_what")
    return desk_address(run, **{**places, **changes})


@desk_act
def desk_open(request: HttpRequest, run: ScenarioRun, key: UUID) -> HttpResponse:
    """Take up a contact."""
    contact = _sent(request, "open")
    acts.open_contact(run=run, contact=contact, key=key, now=timezone.now())
    return redirect(_here(request, run, contact=contact, at="contact"))


@desk_act
def desk_look_up(request: HttpRequest, run: ScenarioRun, key: UUID) -> HttpResponse:
    """Read an article or a record, or search. Without either, only the draft is kept."""
    now, what, words = timezone.now(), _sent(request, "what"), _sent(request, "words").strip()
    if what:
        acts.look_up(run=run, what=what, key=key, now=now)
        return redirect(_here(request, run, what=what, words=words, at="look"))
    if words:
        acts.search_desk(run=run, words=words, key=key, now=now)
    return redirect(_here(request, run, words=words, what="", at="look"))


@desk_act
def desk_answer(request: HttpRequest, run: ScenarioRun, key: UUID) -> HttpResponse:
    """Do it and send the reply; what is missing is shown at its field, with everything that was chosen."""
    contact, turn = _sent(request, "contact"), _sent(request, "turn")
    page = desk_page(run, contact, "")
    if page.line is None or turn != str(page.line.turn()):
        return redirect(_here(request, run, contact="", said="gone"))
    form = DeskAnswerForm(request.POST, script=page.script, line=page.line, seed=run.seed)
    if not form.is_valid():
        return redirect(_here(request, run, check="yes", at="contact"))
    run = acts.answer_contact(
        run=run, contact=contact, turn=int(turn), reply=form.reply(), key=key, now=timezone.now()
    )
    if run.state != RunState.OPEN:
        return to_result(request, run)
    return redirect(desk_address(run, done=contact, said="sent"))


@desk_act
def desk_wait(request: HttpRequest, run: ScenarioRun, key: UUID) -> HttpResponse:
    """Go on to the next contact when nobody waits."""
    acts.wait_for_next(run=run, key=key, now=timezone.now())
    return redirect(_here(request, run))


@desk_act
def desk_leave(request: HttpRequest, run: ScenarioRun, key: UUID) -> HttpResponse:
    """Pause, or ask for the end of the shift; what was chosen so far is kept."""
    if _sent(request, "to") == "end":
        return away(request, "assessments:desk_end", run=run.pk)
    return away(request, "assessments:desk_overview" if run.candidate_id else "front")
