"""What finished tasks say."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.enums import SessionState
from assessments.queries.task_runs import tasks_standing
from assessments.rules.computer_tasks import computer_test, tasks_of
from assessments.rules.meanings import level_words
from assessments.rules.task_words import KINDS
from assessments.views.computer_tasks.run import own_tasks
from candidates.access import CandidateRequest, candidate_required

MEANINGS = {
    1: _("You find your way in simple lists. With more in view at once, take a second look."),
    2: _("You work with orders, prices and records as the work asks for it, and mistakes are few."),
    3: _("You find, check and reckon exactly, also when much stands on the screen."),
}
LEARN = {
    "find": _("Read the question twice and tick off each condition, line by line."),
    "copy": _("Copy in pieces of four signs, then compare from back to front."),
    "compare": _("Cover what you have checked, and compare sign by sign, digits first."),
    "calculate": _("Write down the steps before you reckon: pieces, price, discount, then costs."),
}


@require_safe
@never_cache
@candidate_required
def tasks_result(request: CandidateRequest, run: int) -> HttpResponse:
    """Level, what went well by sort of task, and what to learn next. Which single answers were wrong is not told."""
    found = own_tasks(request, run)
    if found.state != SessionState.FINISHED:
        return redirect("assessments:tasks_run", run=found.pk)
    tasks, level = tasks_of(found.seed), found.level or 0
    answers = list(found.answers.values_list("code", "right"))
    kind_of = {task.code: task.kind for task in tasks}
    sorts = {kind: [right for code, right in answers if kind_of.get(code) == kind] for kind in KINDS}
    weakest = min(sorts, key=lambda kind: sum(sorts[kind]) / max(len(sorts[kind]), 1))
    cuts = computer_test().cuts
    context = {
        "run": found,
        "tasks": len(answers),
        "level": level,
        "level_words": level_words(False, level) if level else "",
        "meaning": MEANINGS.get(level, ""),
        "sorts": [(KINDS[kind], sum(some), len(some)) for kind, some in sorts.items()],
        "learn": LEARN[weakest] if found.right != len(answers) else "",
        "next_cut": next((cut for cut in cuts if cut.level == level + 1), None),
        "again_on": tasks_standing(request.candidate, timezone.now()).again_on,
    }
    return render(request, "assessments/tasks/tasks_result.html", context)
