"""The page before handing in."""

from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.actions.works import NotFinished, WorkIsOver, submit_work
from assessments.enums import Activity
from assessments.queries.works import own_work, task_pages
from assessments.views.speaking import PLAYS_SOUND
from assessments.views.works import FIRST_PAGE
from assessments.views.writing import work_is_over, work_over
from candidates.access import CandidateRequest, candidate_required


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@csp_update(PLAYS_SOUND)
@candidate_required
def work_check(request: CandidateRequest, number: Any) -> HttpResponse:
    """Everything once more; the button hands it in."""
    work = get_object_or_404(own_work(request.candidate), number=number)
    if work_is_over(work):
        return work_over(request, work)
    pages = task_pages(work)
    if request.method == "POST":
        try:
            submit_work(work=work, candidate=request.candidate, now=timezone.now())
        except NotFinished as error:
            messages.warning(request, _("This one is still to be answered."))
            return redirect(FIRST_PAGE[Activity(work.activity)], number=work.number, position=error.position)
        except WorkIsOver:
            return redirect("assessments:overview")
        messages.success(request, _("Handed in. Thank you."))
        return redirect("assessments:rated_result", number=work.number)
    context = {"work": work, "pages": pages, "complete": all(page.answered for page in pages)}
    return render(request, "assessments/work_check.html", context)
