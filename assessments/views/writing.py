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
    NotFinished,
    UnableToWrite,
    WorkIsOver,
    save_reply,
    submit_work,
)
from assessments.enums import Activity, RatedKind, WorkState
from assessments.models import Reply, Work
from assessments.queries.works import TaskPage, own_work, task_pages
from assessments.rated_forms import ReplyForm
from assessments.rules.policy import is_stale
from candidates.access import CandidateRequest, candidate_required
from common.posting import acts_by_post

UNPROCESSABLE, CONFLICT, GONE = 422, 409, 410


def _written(request: CandidateRequest, number: Any) -> Work:
    found = own_work(request.candidate).filter(activity=Activity.WRITTEN_INTERACTION)
    return get_object_or_404(found, number=number)


def _page(work: Work, position: int) -> tuple[list[TaskPage], TaskPage]:
    pages = task_pages(work)
    page = next((one for one in pages if one.position == position), None)
    if page is None:
        raise Http404
    return pages, page


def _over(work: Work) -> bool:
    return work.state != WorkState.DRAFT or is_stale(work.started_at, timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def writing(request: CandidateRequest, number: Any, position: int) -> HttpResponse:
    """One task. A mail can be changed until it is handed in; a chat message stands once it is sent."""
    work = _written(request, number)
    if _over(work):
        return _after(request, work)
    pages, page = _page(work, position)
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
        return _after(request, work)
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
    pages, page = _page(work, position)
    if page.task.kind == RatedKind.CHAT and page.current is not None:
        return reverse("assessments:writing", args=[work.number, position]) + "#now"
    if position < len(pages):
        return reverse("assessments:writing", args=[work.number, position + 1])
    return reverse("assessments:writing_check", args=[work.number])


def _after(request: CandidateRequest, work: Work) -> HttpResponse:
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
    work = _written(request, number)
    _pages, page = _page(work, position)
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


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def writing_check(request: CandidateRequest, number: Any) -> HttpResponse:
    """Everything once more; the button hands it in."""
    work = _written(request, number)
    if _over(work):
        return _after(request, work)
    pages = task_pages(work)
    if request.method == "POST":
        try:
            submit_work(work=work, candidate=request.candidate, now=timezone.now())
        except NotFinished as error:
            messages.warning(request, _("This one is still to be answered."))
            return redirect("assessments:writing", number=work.number, position=error.position)
        except WorkIsOver:
            return redirect("assessments:overview")
        messages.success(request, _("Handed in. Thank you."))
        return redirect("assessments:rated_result", number=work.number)
    context = {"work": work, "pages": pages, "complete": all(page.answered for page in pages)}
    return render(request, "assessments/work_check.html", context)
