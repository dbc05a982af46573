"""Applying as an employer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from accounts.typed import keeps_typed, shown_again
from common.formsets import asked_for_rows
from common.templatetags.figures import zone_name
from employers.actions.company import apply_as_employer
from employers.actions.errors import ForbiddenWords, UnableToApply
from employers.forms.company import CompanyForms
from employers.queries import employer_of, may_apply


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def apply(request: SignedInRequest) -> HttpResponse:
    """One form: who the company is. A recruiter reads it; the answer comes by mail."""
    user = request.user
    if employer_of(user):
        return redirect("employers:company")
    if not may_apply(user):
        return render(request, "employers/employer_wrong_account.html", status=403)
    if shown_again(request):
        return _page(request, CompanyForms.again(request.POST))
    if request.method != "POST":
        return _page(request, CompanyForms())
    if asked_for_rows(request, "staff"):
        return _page(request, CompanyForms.with_more(request.POST))
    forms = CompanyForms(request.POST)
    if not forms.is_valid():
        return _page(request, forms, status=422)
    before = user.time_zone
    try:
        apply_as_employer(facts=forms.facts.facts(), staff=forms.rows(), by=user, now=timezone.now())
    except ForbiddenWords as error:
        forms.refuse_words(error.words)
        return _page(request, forms, status=422)
    except UnableToApply:
        return redirect("employers:apply")
    messages.success(request, _("Your application is in. A recruiter reads it and writes to you."))
    if user.time_zone != before:
        words = _("Times are shown on the clock of %(place)s. You can change that under “Name and language”.")
        messages.info(request, words % {"place": zone_name(user.time_zone)})
    return redirect("employers:company")


def _page(request: SignedInRequest, forms: CompanyForms, *, status: int = 200) -> HttpResponse:
    return render(request, "employers/employer_apply.html", {"forms": forms, "may_edit": True}, status=status)
