"""Copying the text."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.actions.typing_runs import (
    NotTyped,
    TooLittleTyped,
    TypingIsOver,
    finish_typing,
    leave_typing,
    report_typing,
)
from assessments.enums import SessionState
from assessments.forms.typing_test import TypedForm
from assessments.models import TypingRun
from assessments.queries.typing_tests import is_over, typing_again_on
from assessments.rules.typing_test import BEAT_SECONDS, FEWEST_CHARACTERS, MOST_CHARACTERS, typing_test
from candidates.access import CandidateRequest, candidate_required
from common.posting import acts_by_post

UNPROCESSABLE, GONE, NO_CONTENT = 422, 410, 204


def own_run(request: CandidateRequest, run: int) -> TypingRun:
    """The person's own run; everybody else's is not found."""
    runs = TypingRun.objects.filter(candidate=request.candidate).select_related("language")
    return get_object_or_404(runs, pk=run)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def typing_run(request: CandidateRequest, run: int) -> HttpResponse:
    """The text and the field beside it. What was reported before stands in the field again."""
    found, now = own_run(request, run), timezone.now()
    if found.state == SessionState.OPEN and is_over(found, now):
        leave_typing(run=found)
    if found.state != SessionState.OPEN:
        return _after(found)
    form = TypedForm(request.POST) if request.method == "POST" else TypedForm(initial={"typed": found.draft})
    if form.is_bound and form.is_valid():
        try:
            return _after(finish_typing(run=found, typed=form.cleaned_data["typed"], now=now))
        except TypingIsOver:
            return redirect("assessments:typing_run", run=found.pk)
        except NotTyped:
            words = _(
                "That text came faster than anybody types, so it was not scored. Type it yourself: only that tells"
                " how fast you are."
            )
            messages.warning(request, f"{words} {_next_time(request, found, now)}")
            return redirect("assessments:typing_start")
        except TooLittleTyped:
            words = _(
                "Type at least %(number)s characters, so that something can be said. The clock runs on."
            )
            form.add_error("typed", words % {"number": FEWEST_CHARACTERS})
    return _page(request, found, form)


def _page(request: CandidateRequest, run: TypingRun, form: TypedForm) -> HttpResponse:
    passage = typing_test().find(run.passage)
    if passage is None:  # its text is no longer in the file
        leave_typing(run=run)
        return redirect("assessments:typing_start")
    context = {
        "run": run,
        "passage": passage,
        "form": form,
        "fewest": FEWEST_CHARACTERS,
        "beat_seconds": BEAT_SECONDS,
        "gone_seconds": int((timezone.now() - (run.shown_at or run.started_at)).total_seconds()),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/typing/run_typing.html", context, status=status)


def _after(run: TypingRun) -> HttpResponse:
    if run.state == SessionState.FINISHED:
        return redirect("assessments:typing_result", run=run.pk)
    return redirect("assessments:typing_start")


@never_cache
@candidate_required
@acts_by_post("assessments:typing_run")
def typing_report(request: CandidateRequest, run: int) -> HttpResponse:
    """The page says that it is there, or what stands in the field so far. 410 once the run is over."""
    number, text = request.POST.get("number", ""), request.POST.get("typed", "")
    found = own_run(request, run)
    if not (number.isdecimal() and len(number) <= 6) or len(text) > MOST_CHARACTERS or "\0" in text:
        return HttpResponse(status=UNPROCESSABLE)
    still_open = report_typing(run=found, text=text, number=int(number), now=timezone.now())
    return HttpResponse(status=NO_CONTENT if still_open else GONE)


@candidate_required
@acts_by_post("assessments:typing_run")
def typing_leave(request: CandidateRequest, run: int) -> HttpResponse:
    """Stop without a result."""
    found = own_run(request, run)
    leave_typing(run=found)
    if not found.practice:
        messages.info(request, _next_time(request, found, timezone.now()))
    return redirect("assessments:typing_start")


def _next_time(request: CandidateRequest, run: TypingRun, now: datetime) -> str:
    """When the test can be taken again after a run that gave no result."""
    if run.practice:
        return _("You can start again at once.")
    again_on = typing_again_on(request.candidate, run.language_id, now)
    if again_on is None:
        return _(
            "You can start again at once, with another text; once only, so that everybody has the same chances."
        )
    return _("You can take this test in this language again from %(day)s; until then you can practise.") % {
        "day": date_format(again_on)
    }
