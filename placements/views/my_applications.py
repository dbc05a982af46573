"""A person's own applications: all of them, and one with what can be done about it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candidates.access import CandidateRequest, candidate_required
from candidates.queries import own_date
from common.posting import acts_by_post
from placements.actions.applications import accept_invitation, accept_offer, decline, withdraw
from placements.actions.errors import UnableToMoveApplication
from placements.enums import ApplicationState, Side
from placements.forms.answering import RefusalForm
from placements.forms.deciding import without_contact
from placements.models import Application
from placements.queries.applications import applications_of, next_waiting, own_applications

PAGE = 20
ACCEPT = {ApplicationState.INVITED: accept_invitation, ApplicationState.OFFERED: accept_offer}
REFUSE = {"decline": decline, "withdraw": withdraw}


@require_safe
@candidate_required
def my_applications(request: CandidateRequest) -> HttpResponse:
    """What waits for the person, what waits for companies, and what has ended with its reason."""
    candidate = request.candidate
    page = Paginator(own_applications(candidate), PAGE).get_page(request.GET.get("page"))
    context = {"candidate": candidate, "page": page, "today": own_date(candidate, timezone.now())}
    return render(request, "placements/my_applications.html", context)


@require_safe
@candidate_required
def my_application(request: CandidateRequest, application: UUID) -> HttpResponse:
    """Where it stands, whose turn it is until when, what happened, and what the person can do."""
    return _page(request, _own(request, application), RefusalForm())


@candidate_required
@acts_by_post("placements:my_application")
def my_yes(request: CandidateRequest, application: UUID) -> HttpResponse:
    """Say yes to what the page showed: `seen` is the invitation or the offer, so that no page from before accepts more."""
    found = _own(request, application)
    act = ACCEPT.get(request.POST.get("seen"))  # type: ignore[call-overload]
    if act is None:
        raise BadRequest("seen")
    try:
        found = act(application=found, by=request.user, now=timezone.now())
    except UnableToMoveApplication as error:
        messages.add_message(request, messages.INFO if error.already else messages.ERROR, str(error))
    else:
        messages.success(request, _said_yes(found))
    return redirect("placements:my_application", application=application)


@candidate_required
@acts_by_post("placements:my_application")
def my_no(request: CandidateRequest, application: UUID) -> HttpResponse:
    """Say no, or withdraw, with a reason; to what the page showed (`seen`) and nothing that came after it."""
    found = _own(request, application)
    form, act = RefusalForm(request.POST), REFUSE.get(request.POST.get("act", ""))
    if act is None:
        raise BadRequest("act")
    if found.state != request.POST.get("seen"):
        messages.error(
            request, _("This application has moved on since you opened the page. Nothing was changed.")
        )
        return redirect("placements:my_application", application=application)
    if not form.is_valid() or not (found.names_shown or without_contact(form)):
        return _page(request, found, form, status=422)
    try:
        act(application=found, side=Side.CANDIDATE, by=request.user, now=timezone.now(), **form.cleaned_data)
    except UnableToMoveApplication as error:
        messages.add_message(request, messages.INFO if error.already else messages.ERROR, str(error))
    else:
        messages.success(
            request,
            _(
                "Done, and the company knows. Should you change your mind, the vacancy is one press away while it is open."
            ),
        )
    return redirect("placements:my_application", application=application)


def _own(request: CandidateRequest, public_id: UUID) -> Application:
    return get_object_or_404(applications_of(request.candidate), public_id=public_id)


def _page(
    request: CandidateRequest, application: Application, form: RefusalForm, status: int = 200
) -> HttpResponse:
    steps = list(application.log.order_by("pk"))
    context = {
        "candidate": request.candidate,
        "application": application,
        "steps": steps,
        "talk_at": next((step.talk_at for step in reversed(steps) if step.talk_at), None),
        "form": form,
        "today": own_date(request.candidate, timezone.now()),
        "may_decline": application.may_decline(Side.CANDIDATE),
        "may_withdraw": application.may_withdraw(Side.CANDIDATE),
        "next_waiting": None if application.is_open else next_waiting(request.candidate),
        "open_now": application.vacancy.state == "published",
    }
    return render(request, "placements/my_application.html", context, status=status)


def _said_yes(application: Application) -> str:
    if application.state == ApplicationState.HIRED:
        return _(
            "Congratulations! You have this work. Your other applications have ended with an answer to each company."
        )
    return _(
        "You said yes. %(employer)s sees your name and how to reach you now, and owes you the next step."
    ) % {"employer": application.employer.name}
