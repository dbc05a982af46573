"""Before the tasks at the computer."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.task_runs import UnableToStartTasks, start_tasks
from assessments.queries.task_runs import tasks_standing
from assessments.rules.computer_tasks import GOES_ON_FOR, PRACTICE_SEED, computer_test, tasks_of
from assessments.rules.policy import RETAKE_DAYS
from candidates.access import CandidateRequest, candidate_required


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def tasks_start(request: CandidateRequest) -> HttpResponse:
    """What to expect; the button starts, or goes on where the person was."""
    now = timezone.now()
    if request.method == "POST":
        try:
            run = start_tasks(candidate=request.candidate, seed=1 + secrets.randbits(62), now=now)
        except UnableToStartTasks:  # the page says when
            messages.warning(request, _("The test has not been started."))
            return redirect("assessments:tasks_start")
        return redirect("assessments:tasks_run", run=run.pk)
    context = {
        "standing": tasks_standing(request.candidate, now),
        "test": computer_test(),
        "tasks": len(tasks_of(PRACTICE_SEED)),
        "retake_days": RETAKE_DAYS,
        "resume_days": GOES_ON_FOR.days,
    }
    return render(request, "assessments/tasks/tasks_start.html", context)
