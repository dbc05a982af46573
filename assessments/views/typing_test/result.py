"""What a finished copy says."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.enums import SessionState
from assessments.queries.typing_tests import typing_again_on
from assessments.rules.meanings import level_words
from assessments.rules.typing_test import typing_test
from assessments.views.typing_test.run import own_run
from candidates.access import CandidateRequest, candidate_required

MEANINGS = {
    1: _("You can write to customers. In a chat they may wait a little for you."),
    2: _("You keep up with a chat, and can note down a call while it goes on."),
    3: _("You keep up with several chats at once, and write while you listen."),
}


@require_safe
@never_cache
@candidate_required
def typing_result(request: CandidateRequest, run: int) -> HttpResponse:
    """Speed, accuracy, level, and how they were worked out."""
    found = own_run(request, run)
    if found.state != SessionState.FINISHED:
        return redirect("assessments:typing_run", run=found.pk)
    level, speed = found.level or 0, found.speed
    cuts = typing_test().cuts
    context = {
        "run": found,
        "speed": speed,
        "percent": int(1000 * speed.accuracy) / 10 if speed else 0,
        "level": level,
        "level_words": level_words(False, level) if level else "",
        "meaning": MEANINGS.get(level, ""),
        "next_cut": next((cut for cut in cuts if cut.level == level + 1), None),
        "again_on": None
        if found.practice
        else typing_again_on(request.candidate, found.language_id, timezone.now()),
        "seconds_counted": round(found.seconds or 0),
    }
    return render(request, "assessments/typing/typing_result.html", context)
