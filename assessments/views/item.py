"""One question, one answer."""

from csp.decorators import csp_update
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.actions.sessions import (
    AnsweredBefore,
    ImpossibleAnswer,
    NotTheCurrentItem,
    SessionIsOver,
    SessionIsStale,
    answer_item,
)
from assessments.enums import SessionState
from assessments.forms import AnswerForm, answer_form
from assessments.models import Response, Session
from assessments.queries.accommodations import in_force
from assessments.rules.confirmation import length_of
from assessments.rules.noted import read_noted
from assessments.rules.policy import RESUME_DAYS
from assessments.views.media import PLAYS_SOUND, shown_media
from candidates.access import CandidateRequest, candidate_required

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@csp_update(PLAYS_SOUND)
@candidate_required
def item(request: CandidateRequest, session: int) -> HttpResponse:
    """The item that waits for an answer. A page that was left, sent twice or sent late leads here again."""
    own = Session.objects.filter(candidate=request.candidate)
    if request.method == "POST":
        return _answer(request, get_object_or_404(own.only("state", "seed"), pk=session))
    found = get_object_or_404(_with_its_page(own), pk=session)
    if found.state != SessionState.OPEN:
        return _after(found)
    current = found.responses.select_related("item").filter(answered_at=None).first()
    if current is None:  # finished in another tab since it was read above
        return redirect("assessments:item", session=found.pk)
    return _page(request, found, current, _form(found, current))


def _with_its_page(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """With what the page of a question shows, and nothing else of the rows that it comes from."""
    shown = sessions.select_related("bank__language", "bank__skill", "candidate__accommodation")
    return shown.only(
        "state",
        "seed",
        "kind",
        "pilots",
        "bank__min_items",
        "bank__max_items",
        "bank__written_in",
        "bank__language",
        "bank__skill",
        "candidate__accommodation",
    )


def _answer(request: CandidateRequest, session: Session) -> HttpResponse:
    if session.state != SessionState.OPEN:
        return _after(session)
    position = request.POST.get("position", "")
    response = None
    if position.isdecimal() and len(position) <= 4:
        response = session.responses.select_related("item").filter(position=int(position)).first()
    if response is None:
        return _not_counted(request, session)
    form = _form(session, response, request)
    if not form.is_valid():
        if response.answered_at is not None:
            return _not_counted(request, session)
        whole = _with_its_page(Session.objects.all()).get(pk=session.pk)
        return _page(request, whole, response, form, status=UNPROCESSABLE)
    try:
        session = answer_item(
            session=session,
            candidate=request.candidate,
            position=response.position,
            answer=form.given,
            noted=read_noted(request.POST.get("noted", "")),
            now=timezone.now(),
        )
    except (AnsweredBefore, SessionIsOver):
        pass
    except (NotTheCurrentItem, ImpossibleAnswer):
        return _not_counted(request, session)
    except SessionIsStale:
        words = _(
            "The test was left for more than %(days)s days. Start again; you get questions that you have not seen."
        )
        messages.info(request, words % {"days": RESUME_DAYS})
        return redirect("assessments:overview")
    return _after(session)


def _not_counted(request: CandidateRequest, session: Session) -> HttpResponse:
    messages.info(
        request,
        _("That answer was not for the question you are at, so it was not counted. Here is where you are."),
    )
    return redirect("assessments:item", session=session.pk)


def _after(session: Session) -> HttpResponse:
    if session.state == SessionState.FINISHED:
        return redirect("assessments:result", session=session.pk)
    if session.state == SessionState.LEFT:
        return redirect("assessments:overview")
    return redirect("assessments:item", session=session.pk)


def _form(session: Session, response: Response, request: CandidateRequest | None = None) -> AnswerForm:
    sent = request.POST if request else None
    return answer_form(response.item, sent, seed=session.seed, position=response.position)


def _page(
    request: CandidateRequest, session: Session, response: Response, form: AnswerForm, status: int = 200
) -> HttpResponse:
    length = length_of(session.kind, session.bank.min_items, session.bank.max_items)
    here = (session.pk, response.position)
    context = {
        "session": session,
        "response": response,
        "form": form,
        "accommodations": in_force(getattr(session.candidate, "accommodation", None)),
        "left": length.most + len(session.pilots) - response.position + 1,
        "as_many_for_all": length.fewest == length.most,
        "media": shown_media(response.item, lambda name: reverse("assessments:media", args=[*here, name])),
    }
    return render(request, "assessments/session_item.html", context, status=status)
