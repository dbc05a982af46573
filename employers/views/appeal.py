"""Appealing against a refusal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.typed import keeps_typed, shown_again
from employers.access import EDITORS, MemberRequest, member_required
from employers.actions.appeals import appeal_refusal
from employers.actions.errors import UnableToAppeal
from employers.forms.appeal import AppealForm
from employers.queries.appeals import appeal_until


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@member_required(*EDITORS)
def appeal(request: MemberRequest) -> HttpResponse:
    """One text, once for each refusal; who cannot appeal is told why on the company page."""
    employer, now = request.employer, timezone.now()
    until = appeal_until(employer, now)
    if until is None:
        messages.info(request, _("There is nothing to appeal against now."))
        return redirect("employers:company")
    if request.method != "POST" or shown_again(request):
        form = AppealForm(initial={"text": request.POST.get("text", "")})
        return render(
            request, "employers/employer_appeal.html", {"form": form, "employer": employer, "until": until}
        )
    form = AppealForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "employer": employer, "until": until}
        return render(request, "employers/employer_appeal.html", context, status=422)
    try:
        appeal_refusal(
            employer=employer, text=form.cleaned_data["text"], by=request.user, today=now.date(), now=now
        )
    except UnableToAppeal as error:
        (messages.info if error.already else messages.error)(request, str(error))
    else:
        messages.success(request, _("Your appeal is in. Another recruiter judges it."))
    return redirect("employers:company")
