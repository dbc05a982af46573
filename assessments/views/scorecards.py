"""What interviews found, for the person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.actions.scorecards import UnableToChangeCard, agree_to_scorecard, reply_to_scorecard
from assessments.forms.scorecard import ReplyForm
from assessments.queries.scorecards import scorecards_of
from candidates.access import CandidateRequest, candidate_required
from common.posting import acts_by_post

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def interview(request: CandidateRequest, card: int) -> HttpResponse:
    """Every rating with its behaviour and what supports it; the person's own reply."""
    found = get_object_or_404(scorecards_of(request.candidate), pk=card)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reply_to_scorecard(scorecard=found, reply=form.cleaned_data["reply"], now=timezone.now())
        except UnableToChangeCard:
            messages.info(request, _("Your first reply stands; a card takes one."))
        else:
            messages.success(request, _("Your reply stands beside the card now."))
        return redirect("assessments:interview", card=found.pk)
    context = {"card": found, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/interview_card.html", context, status=status)


@candidate_required
@acts_by_post("assessments:interview")
def interview_agree(request: CandidateRequest, card: int) -> HttpResponse:
    """Let an employer's card count elsewhere, or no longer."""
    found = get_object_or_404(scorecards_of(request.candidate), pk=card)
    agrees = request.POST.get("agrees") == "yes"
    try:
        agree_to_scorecard(scorecard=found, agrees=agrees, now=timezone.now())
    except UnableToChangeCard:
        messages.info(request, _("Nothing was changed: the card is confirmed already, or was taken back."))
    else:
        said = _("Thank you. A recruiter looks at it next.") if agrees else _("It stays with that employer.")
        messages.success(request, said)
    return redirect("assessments:interview", card=found.pk)
