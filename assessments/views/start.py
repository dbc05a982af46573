"""The page before a test."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.sessions import StartFacts, UnableToStart, start_session
from assessments.enums import ItemState
from assessments.models import Item
from assessments.queries import live_banks
from assessments.queries.accommodations import accommodation_row
from assessments.queries.demand import asked_for
from assessments.queries.items import unseen_pilots
from assessments.queries.standings import bank_standings
from assessments.rules.device import device_class
from assessments.rules.policy import RESUME_DAYS, RETAKE_DAYS
from candidates.access import CandidateRequest, candidate_required

PRACTISED = "practised"
"""In the address of somebody who comes from the practice questions."""


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def start(request: CandidateRequest, bank: str) -> HttpResponse:
    """What to expect; the button starts the test, or goes on where the person was."""
    found = get_object_or_404(live_banks(), code=bank)
    candidate = request.candidate
    now = timezone.now()
    if request.method == "POST":
        try:
            session = start_session(
                candidate=candidate,
                bank=found,
                seed=secrets.randbits(62),
                now=now,
                facts=_facts(request),
            )
        except UnableToStart:
            messages.warning(request, _("The test has not been started."))
            return redirect("assessments:start", bank=found.code)
        return redirect("assessments:item", session=session.pk)
    standing = bank_standings(candidate, [found], now)[0]
    practice = Item.objects.filter(bank=found, state=ItemState.PRACTICE).count()
    context = {
        "bank": found,
        "standing": standing,
        "practice": practice,
        "practice_first": bool(
            practice and standing.state == "ready" and not standing.last and PRACTISED not in request.GET
        ),
        "asked": asked_for()[found.measured_code],
        "tries_out": unseen_pilots(candidate, found).exists(),
        "retake_days": RETAKE_DAYS,
        "resume_days": RESUME_DAYS,
    }
    return render(request, "assessments/test_start.html", context)


def _facts(request: CandidateRequest) -> StartFacts:
    return StartFacts(
        device_class=device_class(
            mobile_hint=request.headers.get("Sec-CH-UA-Mobile", ""),
            user_agent=request.headers.get("User-Agent", ""),
        ),
        interface_language=get_language() or "",
        with_accommodation=accommodation_row(request.candidate) is not None,
    )
