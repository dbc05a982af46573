"""One task, one answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.actions.task_runs import NotTheCurrentTask, TasksAreOver, answer_task
from assessments.enums import SessionState
from assessments.forms.computer_task import TaskForm
from assessments.models import TaskRun
from assessments.queries.task_page import shown_task
from assessments.queries.task_runs import goes_on
from assessments.rules.computer_tasks import PRACTICE_SEED, is_right, tasks_of
from assessments.rules.task_words import key_words
from candidates.access import CandidateRequest, candidate_required

UNPROCESSABLE = 422


def own_tasks(request: CandidateRequest, run: int) -> TaskRun:
    """The person's own run; everybody else's is not found."""
    return get_object_or_404(TaskRun.objects.filter(candidate=request.candidate), pk=run)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def tasks_run(request: CandidateRequest, run: int) -> HttpResponse:
    """The task that waits for an answer. A page that was left, sent twice or sent late leads here again."""
    found = own_tasks(request, run)
    if found.state == SessionState.FINISHED:
        return redirect("assessments:tasks_result", run=found.pk)
    if found.state != SessionState.OPEN or not goes_on(found, timezone.now()):
        return redirect("assessments:tasks_start")
    tasks, position = tasks_of(found.seed), found.answers.count() + 1
    if position > len(tasks):  # finished in another tab since it was read above
        return redirect("assessments:tasks_run", run=found.pk)
    sent = request.POST.get("position", "") if request.method == "POST" else str(position)
    if not sent.isdecimal() or len(sent) > 2 or not 1 <= int(sent) <= len(tasks):
        return _not_counted(request, found)
    task = tasks[int(sent) - 1]
    form = TaskForm(request.POST if request.method == "POST" else None, task=task)
    if form.is_bound and int(sent) != position and not form.is_valid():
        return _not_counted(request, found)
    if form.is_bound and form.is_valid():
        return _answer(request, found, int(sent), form)
    context = {
        "run": found,
        "form": form,
        "shown": shown_task(task),
        "position": position,
        "tasks": len(tasks),
        "left": len(tasks) - position,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/tasks/run_task.html", context, status=status)


def _answer(request: CandidateRequest, run: TaskRun, position: int, form: TaskForm) -> HttpResponse:
    try:
        run = answer_task(run=run, position=position, answer=form.given, now=timezone.now())
    except NotTheCurrentTask:
        return _not_counted(request, run)
    except TasksAreOver:
        return redirect("assessments:tasks_run", run=run.pk)
    if run.state == SessionState.FINISHED:
        return redirect("assessments:tasks_result", run=run.pk)
    return redirect("assessments:tasks_run", run=run.pk)


def _not_counted(request: CandidateRequest, run: TaskRun) -> HttpResponse:
    words = _("That answer was not for the task you are at, so it was not counted. Here is where you are.")
    messages.info(request, words)
    return redirect("assessments:tasks_run", run=run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def tasks_practice(request: CandidateRequest, number: int) -> HttpResponse:
    """Practice task `number` (from 1), one of each sort; after an answer, the key. Nothing is kept."""
    tasks = tasks_of(PRACTICE_SEED)[:4]
    if not 1 <= number <= len(tasks):
        raise Http404
    task = tasks[number - 1]
    form = TaskForm(request.POST if request.method == "POST" else None, task=task)
    answered = form.is_valid()
    context = {
        "form": form,
        "shown": shown_task(task),
        "number": number,
        "of": len(tasks),
        "answered": answered,
        "right": answered and is_right(task, form.given),
        "key": key_words(task) if answered else "",
        "next_number": number + 1 if number < len(tasks) else None,
    }
    status = UNPROCESSABLE if form.is_bound and not answered else 200
    return render(request, "assessments/tasks/practice_task.html", context, status=status)
