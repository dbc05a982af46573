"""One step of a vacancy's life each, by POST; looking at such an address leads back to the vacancy."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from common.posting import acts_by_post
from employers.access import EDITORS, MemberRequest, member_required
from vacancies.actions import editing, lifecycle
from vacancies.actions.errors import ChangedMeanwhile, UnableToEdit, UnableToMoveVacancy, UnableToPublish
from vacancies.enums import VacancyState
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of
from vacancies.views.editor import key_in


def _step(
    request: MemberRequest, pk: int, act: Callable[..., Vacancy], done: str, **arguments: Any
) -> HttpResponse:
    vacancy = get_object_or_404(vacancies_of(request.employer), pk=pk)
    try:
        vacancy = act(vacancy=vacancy, by=request.user, now=timezone.now(), **arguments)
    except UnableToPublish as error:
        for sentence in error.problems.values():
            messages.error(request, sentence)
    except ChangedMeanwhile:
        messages.error(
            request, _("A colleague changed this vacancy meanwhile. Look at it once more; nothing was done.")
        )
    except UnableToMoveVacancy as error:
        (messages.info if error.already else messages.error)(request, str(error))
    except UnableToEdit as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("vacancies:detail", pk=vacancy.pk)


def _seen(request: MemberRequest) -> int | None:
    """The id of the version that stood on the page, where it was sent."""
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isdecimal() and len(sent) < 19 else None


@member_required(*EDITORS, accepted=True)
@acts_by_post("vacancies:detail")
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand a draft to the recruiters, or publish the changes to what is already published."""
    vacancy = get_object_or_404(vacancies_of(request.employer), pk=pk)
    arguments = {"today": timezone.localdate(), "seen": _seen(request)}
    if vacancy.state in {VacancyState.PUBLISHED, VacancyState.PAUSED}:
        return _step(request, pk, lifecycle.publish_changes, _("The changes are published."), **arguments)
    done = _("Handed in. A recruiter reads it and publishes it, or sends it back with a reason.")
    return _step(request, pk, lifecycle.submit_vacancy, done, **arguments)


@member_required(*EDITORS)
@acts_by_post("vacancies:detail")
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop showing it for a while."""
    return _step(request, pk, lifecycle.pause_vacancy, _("Paused. Nobody new sees it."))


@member_required(*EDITORS, accepted=True)
@acts_by_post("vacancies:detail")
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Show it again."""
    return _step(request, pk, lifecycle.resume_vacancy, _("Open again."))


@member_required(*EDITORS)
@acts_by_post("vacancies:detail")
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """End it, with a reason."""
    because = request.POST.get("because", "")
    return _step(request, pk, lifecycle.close_vacancy, _("Closed."), because=because)


@member_required(*EDITORS, accepted=True)
@acts_by_post("vacancies:detail")
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a closed one again."""
    arguments = {"today": timezone.localdate(), "seen": _seen(request)}
    return _step(request, pk, lifecycle.reopen_vacancy, _("Open again."), **arguments)


@member_required(*EDITORS)
@acts_by_post("vacancies:detail")
def duplicate(request: MemberRequest, pk: int) -> HttpResponse:
    """A new draft with the same content."""
    arguments = {"today": timezone.localdate(), "key": key_in(request.POST)}
    return _step(request, pk, editing.duplicate_vacancy, _("Copied. This is the copy."), **arguments)


@member_required(*EDITORS)
@acts_by_post("vacancies:detail")
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Drop unpublished changes."""
    done = _("The changes are dropped; the published version holds.")
    return _step(request, pk, editing.discard_draft, done)
