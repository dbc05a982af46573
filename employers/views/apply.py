"""Applying as an employer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.formsets import asked_for_rows, with_more_rows
from employers.actions.company import apply_as_employer
from employers.actions.errors import UnableToApply
from employers.forms import CompanyForm, StaffFormSet
from employers.queries import employer_of


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """One form: who the company is. A recruiter reads it; the answer comes by mail."""
    user = request.user
    if user.is_staff or getattr(user, "candidate", None):
        return render(request, "employers/employer_wrong_account.html", status=403)
    if employer_of(user):  # type: ignore[arg-type]
        return redirect("employers:company")
    if asked_for_rows(request, "staff"):
        data = with_more_rows(request.POST, "staff", 60)
        return _page(request, CompanyForm(request.POST), StaffFormSet(data, prefix="staff"), 200)
    form = CompanyForm(request.POST or None)
    staff = StaffFormSet(request.POST or None, prefix="staff")
    if request.method == "POST":
        if form.is_valid() and staff.is_valid():
            try:
                apply_as_employer(facts=form.facts(), staff=staff.rows(), by=user, now=timezone.now())  # type: ignore[arg-type]
            except UnableToApply:
                return redirect("employers:company")
            messages.success(request, _("Your application is in. A recruiter reads it and writes to you."))
            return redirect("employers:company")
        return _page(request, form, staff, 422)
    return _page(request, form, staff, 200)


def _page(request: HttpRequest, form: CompanyForm, staff: StaffFormSet, status: int) -> HttpResponse:  # type: ignore[valid-type]
    return render(request, "employers/employer_apply.html", {"form": form, "staff": staff}, status=status)
