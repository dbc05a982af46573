"""Writing: one customer's mail or chat a page, drafts kept, handed in once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.actions.works import (
    AlreadySent,
    BadReply,
    ChangedElsewhere,
    UnableToWrite,
    WorkIsOver,
    save_reply,
)
from assessments.enums import Activity, RatedKind, WorkState
from assessments.forms.rated import ReplyForm
from assessments.models import Reply, Work
from assessments.queries.works import TaskPage, own_work, task_pages
from assessments.rules.policy import is_stale
from candidates.access import CandidateRequest, candidate_required
from common.posting import acts_by_post

UNPROCESSABLE, CONFLICT, GONE = 422, 409, 410


def find_work(request: CandidateRequest, number: Any, activity: str) -> Work:
    """The person's own attempt at that kind of test, or 404."""
    return get_object_or_404(own_work(request.candidate).filter(activity=activity), number=number)


def page_of(work: Work, position: int) -> tuple[list[TaskPage], TaskPage]:
    """All tasks of an attempt and the one at `position`, or 404."""
    pages = task_pages(work)
    page = next((one for one in pages if one.position == position), None)
    if page is None:
        raise Http404
    return pages, page


def work_is_over(work: Work) -> bool:
    """Whether it cannot be gone on with."""
    return work.state != WorkState.DRAFT or is_stale(work.started_at, timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def writing(request: CandidateRequest, number: Any, position: int) -> HttpResponse:
    """One task. A mail can be changed until it is handed in; a chat message stands once it is sent."""
    work = find_work(request, number, Activity.WRITTEN_INTERACTION)
    if work_is_over(work):
        return work_over(request, work)
    pages, page = page_of(work, position)
    if request.method != "POST":
        return _show(request, work, pages, page, _unbound(page))
    form = ReplyForm(request.POST)
    reply = _meant(form, page)
    if reply is None:
        return redirect(request.path)
    go_on = request.POST.get("act") != "save"
    try:
        _save(request, reply, form, send=go_on)
    except BadReply as error:
        form.add_error("text", str(error))
    except ChangedElsewhere:
        form = ReplyForm({**request.POST.dict(), "revision": reply.revision})
        form.is_valid()
        form.add_error(
            "text",
            _(
                "This answer was changed in another window. What you typed here is below; saving replaces the other one."
            ),
        )
    except AlreadySent:
        pass
    except UnableToWrite:
        return work_over(request, work)
    if form.errors:
        return _show(request, work, pages, page, form, status=UNPROCESSABLE)
    if not go_on:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect(request.path)
    return redirect(_next_address(work, position))


def _unbound(page: TaskPage) -> ReplyForm | None:
    reply = page.current
    if reply is None:
        return None
    return ReplyForm(
        initial={"text": reply.text, "turn": reply.turn, "revision": reply.revision, "pasted": 0}
    )


def _meant(form: ReplyForm, page: TaskPage) -> Reply | None:
    """The reply that a form is for; a form that was tampered with is for none."""
    if not form.is_valid() and set(form.errors) - {"text"}:
        return None
    turn = form.cleaned_data["turn"]
    return next((reply for reply in page.replies if reply.turn == turn), None)


def _save(request: CandidateRequest, reply: Reply, form: ReplyForm, *, send: bool) -> Reply:
    if "text" in form.errors:
        raise BadReply(form.errors["text"][0])
    return save_reply(
        reply=reply,
        candidate=request.candidate,
        text=form.cleaned_data["text"],
        pasted=form.cleaned_data["pasted"] or 0,
        revision=form.cleaned_data["revision"],
        send=send,
        now=timezone.now(),
    )


def _next_address(work: Work, position: int) -> str:
    """The same chat while messages are left, then the next task, then the page before handing in."""
    pages, page = page_of(work, position)
    if page.task.kind == RatedKind.CHAT and page.current is not None:
        return reverse("assessments:writing", args=[work.number, position]) + "#now"
    if position < len(pages):
        return reverse("assessments:writing", args=[work.number, position + 1])
    return reverse("assessments:work_check", args=[work.number])


def work_over(request: CandidateRequest, work: Work) -> HttpResponse:
    """Where somebody is led who comes back to an attempt that is over."""
    if work.state == WorkState.DRAFT:
        messages.info(
            request, _("This test was left for too long to go on with. Start again; you get other tasks.")
        )
        return redirect("assessments:overview")
    return redirect("assessments:rated_result", number=work.number)


def _show(
    request: CandidateRequest,
    work: Work,
    pages: list[TaskPage],
    page: TaskPage,
    form: ReplyForm | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "work": work,
        "page": page,
        "of": len(pages),
        "form": form,
        "onward": _next_address(work, page.position) if form is None else "",
        "last": page.position == len(pages),
    }
    return render(request, "assessments/work_writing.html", context, status=status)


@candidate_required
@acts_by_post("assessments:writing")
def writing_draft(request: CandidateRequest, number: Any, position: int) -> HttpResponse:
    """Save what is being typed, for the page's script: 200 with the new revision, 409, 410 or 422."""
    work = find_work(request, number, Activity.WRITTEN_INTERACTION)
    _pages, page = page_of(work, position)
    form = ReplyForm(request.POST)
    reply = _meant(form, page)
    if reply is None:
        return JsonResponse({}, status=UNPROCESSABLE)
    try:
        saved = _save(request, reply, form, send=False)
    except BadReply as error:
        return JsonResponse({"error": str(error)}, status=UNPROCESSABLE)
    except ChangedElsewhere:
        return JsonResponse({}, status=CONFLICT)
    except (AlreadySent, WorkIsOver):
        return JsonResponse({}, status=GONE)
    return JsonResponse({"revision": saved.revision})
