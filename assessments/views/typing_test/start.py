"""Before the typing test."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.typing_runs import UnableToStartTyping, start_typing
from assessments.forms.typing_test import TypingStartForm
from assessments.queries import accommodations_of
from assessments.queries.typing_tests import open_typing_run, typing_standings
from assessments.rules.accommodations import allowed_seconds
from assessments.rules.policy import RETAKE_DAYS
from assessments.rules.typing_test import typing_test
from candidates.access import CandidateRequest, candidate_required

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def typing_start(request: CandidateRequest) -> HttpResponse:
    """What to expect; the buttons start a test or practice in the chosen language."""
    now = timezone.now()
    standings = typing_standings(request.candidate, now)
    needed = accommodations_of(request.candidate)
    limit = allowed_seconds(typing_test().seconds, needed.time_factor)
    chosen = next((row.language.pk for row in standings if row.spoken), None)
    form = TypingStartForm(request.POST or None, standings=standings, initial={"language": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            run = start_typing(
                candidate=request.candidate,
                language=form.cleaned_data["language"],
                practice=form.practice,
                limit_seconds=limit,
                seed=secrets.randbits(62),
                now=now,
            )
        except UnableToStartTyping as refused:  # a test was handed in elsewhere a moment ago
            words = _("You can take this test in this language again from %(day)s.")
            form.add_error("language", words % {"day": date_format(refused.again_on)})
        else:
            return redirect("assessments:typing_run", run=run.pk)
    context = {
        "form": form,
        "standings": standings,
        "running": open_typing_run(request.candidate, now),
        "minutes": limit / 60 if limit else None,
        "test": typing_test(),
        "retake_days": RETAKE_DAYS,
        "accommodations": needed,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/typing/typing_start.html", context, status=status)
