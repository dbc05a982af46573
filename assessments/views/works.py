"""Rated tests: before the start, what came of them, and an appeal."""

import secrets
from datetime import UTC
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.appeals import NoReason, UnableToAppeal, file_appeal, may_appeal
from assessments.actions.works import UnableToStartWork, start_work
from assessments.enums import Activity, RatingState, WorkState
from assessments.forms.rated import AppealForm
from assessments.models import RatedTask, Work
from assessments.queries.rated_results import counting_ratings, criterion_results, rated_ladder
from assessments.queries.works import (
    equipment_checked,
    own_work,
    rated_standing,
    recording_seconds,
    work_retake_day,
)
from assessments.rules.policy import (
    APPEAL_DAYS,
    APPEAL_WORKING_DAYS,
    RATED_VALID_MONTHS,
    RATING_WORKING_DAYS,
    RESUME_DAYS,
    RETAKE_DAYS,
)
from assessments.rules.rated_practice import practice_task
from assessments.rules.rubrics import RUBRICS
from candidates.access import CandidateRequest, candidate_required
from reference.rules.working_days import working_days_after

UNPROCESSABLE = 422
FIRST_PAGE = {
    Activity.WRITTEN_INTERACTION: "assessments:writing",
    Activity.SPOKEN_INTERACTION: "assessments:speaking",
}
START_PAGE = {
    Activity.WRITTEN_INTERACTION: "assessments:writing_start",
    Activity.SPOKEN_INTERACTION: "assessments:speaking_start",
}

PRACTICE_PAGE = {
    Activity.WRITTEN_INTERACTION: "assessments:writing_practice",
    Activity.SPOKEN_INTERACTION: "assessments:speaking_practice",
}


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def rated_start(request: CandidateRequest, language: str, activity: str) -> HttpResponse:
    """What to expect of a rated test; the button starts it, or goes on where the person was."""
    task = RatedTask.objects.filter(language=language, activity=activity).select_related("language").first()
    if task is None:
        raise Http404
    now = timezone.now()
    if request.method == "POST":
        try:
            work = start_work(
                candidate=request.candidate,
                language=task.language,
                activity=activity,
                seed=secrets.randbits(62),
                now=now,
            )
        except UnableToStartWork:
            messages.warning(request, _("The test has not been started."))
            return redirect(request.path)
        if activity == Activity.SPOKEN_INTERACTION and not equipment_checked(request.candidate, now.date()):
            return redirect(f"{reverse('assessments:equipment')}?then={work.number}")
        return redirect(FIRST_PAGE[Activity(activity)], number=work.number, position=1)
    spoken = activity == Activity.SPOKEN_INTERACTION
    context = {
        "language": task.language,
        "activity_name": Activity(activity).label,
        "spoken": spoken,
        "standing": rated_standing(request.candidate, task.language, activity, now),
        "rubric": RUBRICS[activity],
        "practice_url": _practice_page(task.language_id, activity),
        "minutes": recording_seconds(request.candidate) / 60,
        "kept_days": settings.RECORDINGS_KEPT_DAYS if spoken else settings.WRITTEN_WORK_KEPT_DAYS,
        "resume_days": RESUME_DAYS,
        "retake_days": RETAKE_DAYS,
        "rating_days": RATING_WORKING_DAYS,
        "appeal_days": APPEAL_WORKING_DAYS,
        "valid_months": RATED_VALID_MONTHS,
    }
    return render(request, "assessments/work_start.html", context)


def _practice_page(language: str, activity: str) -> str:
    """Where the test can be tried out, or nothing."""
    if practice_task(language, activity) is None:
        return ""
    return reverse(PRACTICE_PAGE[Activity(activity)], args=[language])


@require_safe
@candidate_required
def rated_result(request: CandidateRequest, number: Any) -> HttpResponse:
    """What became of a work: when it will be rated, or level, margin, words for each criterion, and the appeal."""
    work = get_object_or_404(own_work(request.candidate).select_related("appeal"), number=number)
    if work.state == WorkState.DRAFT:
        return redirect(FIRST_PAGE[Activity(work.activity)], number=work.number, position=1)
    if work.state == WorkState.LEFT:
        return redirect("assessments:overview")
    now = timezone.now()
    again_on = work_retake_day(request.candidate, work.language_id, work.activity)
    today = now.astimezone(UTC).date()
    context: dict[str, Any] = {
        "work": work,
        "appeal": getattr(work, "appeal", None),
        "again_on": again_on,
        "today": today,
        "start_url": START_PAGE[Activity(work.activity)],
    }
    if work.value is not None and work.margin is not None:
        context |= _result(work) | {
            "may_appeal": may_appeal(work, now),
            "appeal_days": APPEAL_DAYS,
        }
    return render(request, "assessments/work_result.html", context)


def _result(work: Work) -> dict[str, Any]:
    assert work.value is not None
    assert work.margin is not None
    ratings = counting_ratings(work)
    appeal = getattr(work, "appeal", None)
    second = list(work.ratings.filter(state=RatingState.GIVEN, round=2)) if appeal else []
    ladder = rated_ladder(work.value, work.margin)
    return {
        "ladder": ladder,
        "criteria": criterion_results(work, ratings),
        "raters": len(ratings),
        "pasted": sum(work.replies.values_list("pasted", flat=True)),
        "words": [one.words for one in ratings],
        "reasons": [one.words for one in second] if appeal and appeal.outcome else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def appeal(request: CandidateRequest, number: Any) -> HttpResponse:
    """Ask for a second look at a result, once."""
    work = get_object_or_404(own_work(request.candidate), number=number)
    now = timezone.now()
    if not may_appeal(work, now):
        return redirect("assessments:rated_result", number=work.number)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            filed = file_appeal(
                work=work, candidate=request.candidate, reason=form.cleaned_data["reason"], now=now
            )
        except NoReason:
            form.add_error("reason", form.fields["reason"].error_messages["required"])
        except UnableToAppeal:
            return redirect("assessments:rated_result", number=work.number)
        else:
            words = _("Your appeal is with us. You hear from us by %(day)s.")
            messages.success(request, words % {"day": date_format(filed.due_on, "DATE_FORMAT")})
            return redirect("assessments:rated_result", number=work.number)
    due_on = working_days_after(now.astimezone(UTC).date(), APPEAL_WORKING_DAYS, settings.PLATFORM_COUNTRY)
    context = {"work": work, "form": form, "due_on": due_on, "working_days": APPEAL_WORKING_DAYS}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/work_appeal.html", context, status=status)
