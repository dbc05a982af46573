"""Staying listed from a mail, pausing and coming back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candidates.access import CandidateRequest, candidate_required
from candidates.actions.errors import ProfileGone, UnableToList, UnableToStay
from candidates.actions.staying import pause_listing, stay_listed
from candidates.enums import Step
from candidates.forms.pause import PauseForm
from candidates.queries import own_date
from candidates.queries.staying import candidate_behind


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of a reminder leads, signed in or not: until when one is found, and one button. Says no name."""
    try:
        candidate = candidate_behind(token)
    except BadSignature:
        candidate = None
    if candidate is None:
        return render(request, "candidates/stay_gone.html", status=410)
    if request.method == "POST":
        try:
            stay_listed(candidate=candidate, by=candidate.user, now=timezone.now())
        except ProfileGone:
            return render(request, "candidates/stay_gone.html", status=410)
        except UnableToStay as error:
            messages.error(request, str(error))
        except UnableToList as error:
            messages.error(request, steps_first(error))
        else:
            messages.success(request, _("Done: you stay listed. We ask again before the end."))
        return redirect("candidates:stay", token=token)
    return render(request, "candidates/stay_page.html", {"candidate": candidate})


@candidate_required
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: CandidateRequest) -> HttpResponse:
    """What a pause means, and until when; open applications go on and are named."""
    candidate, now = request.candidate, timezone.now()
    form = PauseForm(request.POST if request.method == "POST" else None, today=own_date(candidate, now))
    if form.is_valid():
        try:
            pause_listing(candidate=candidate, until=form.cleaned_data["until"], by=request.user, now=now)
        except UnableToStay as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You have paused. Nobody finds you; everything is kept."))
        return redirect("candidates:step", step=Step.LISTING.value)
    context = {"candidate": candidate, "form": form}
    return render(request, "candidates/pause_page.html", context, status=422 if form.is_bound else 200)


def steps_first(error: UnableToList) -> str:
    """Which steps have to be done before somebody can be listed."""
    names = get_text_list([str(step.label) for step in error.missing], _("and"))
    return _("You cannot be listed yet. These steps come first: %(steps)s.") % {"steps": names}
