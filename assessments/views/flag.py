"""What stood out in a session, and the person's word on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.actions.integrity import UnableToAnswerFlag, answer_flag
from assessments.forms import FlagAnswerForm
from assessments.models import IntegrityFlag
from assessments.queries.integrity import flags_of, measured_by, noted_in
from assessments.rules.policy import LOOKED_AT_WITHIN_DAYS
from candidates.access import CandidateRequest, candidate_required

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def flag(request: CandidateRequest, flag: int) -> HttpResponse:
    """The facts, what happens with them, and room for an answer until somebody has decided."""
    found = get_object_or_404(flags_of(request.candidate), pk=flag)
    form = FlagAnswerForm(request.POST or None, initial={"answer": found.answer})
    if request.method == "POST" and form.is_valid():
        return _answer(request, found, form.cleaned_data["answer"])
    context = {
        "flag": found,
        "form": form,
        "measurement": measured_by(found.session),
        "noted": noted_in(list(found.session.responses.all())),
        "days": LOOKED_AT_WITHIN_DAYS,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "assessments/flag_answer.html", context, status=status)


def _answer(request: CandidateRequest, flag: IntegrityFlag, text: str) -> HttpResponse:
    try:
        answer_flag(flag=flag, candidate=request.candidate, text=text, now=timezone.now())
    except UnableToAnswerFlag:
        messages.info(request, _("It had been decided already; your answer was not kept."))
    else:
        messages.success(request, _("Thank you. Whoever looks at it reads your answer first."))
    return redirect("assessments:flag", flag=flag.pk)
