"""The company's facts: read by every member, changed by owners and recruiters."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.formsets import asked_for_rows, with_more_rows
from employers.access import EDITORS, member_required
from employers.actions.company import update_company
from employers.forms import CompanyForm, StaffFormSet
from employers.queries import decisions_about


@require_http_methods(["GET", "HEAD", "POST"])
@member_required()
def company(request: HttpRequest) -> HttpResponse:
    """Facts, where they count, and how the application stands."""
    employer, membership = request.employer, request.membership  # type: ignore[attr-defined]
    if request.method == "POST" and membership.role not in EDITORS:
        raise PermissionDenied("role")
    if asked_for_rows(request, "staff"):
        staff = StaffFormSet(with_more_rows(request.POST, "staff", 60), prefix="staff")
        return _page(request, CompanyForm(request.POST), staff, 200)
    if request.method != "POST":
        rows = [
            {"country": row.country_id, "people": row.headcount} for row in employer.staff.order_by("country")
        ]
        form = CompanyForm(initial=CompanyForm.values_of(employer))
        return _page(request, form, StaffFormSet(initial=rows, prefix="staff"), 200)
    form, staff = CompanyForm(request.POST), StaffFormSet(request.POST, prefix="staff")
    if not (form.is_valid() and staff.is_valid()):
        return _page(request, form, staff, 422)
    update_company(
        employer=employer, facts=form.facts(), staff=staff.rows(), by=request.user, now=timezone.now()
    )
    messages.success(request, _("The company's facts are saved."))
    return redirect("employers:company")


def _page(request: HttpRequest, form: CompanyForm, staff: StaffFormSet, status: int) -> HttpResponse:  # type: ignore[valid-type]
    employer, membership = request.employer, request.membership  # type: ignore[attr-defined]
    context = {
        "form": form,
        "staff": staff,
        "employer": employer,
        "may_edit": membership.role in EDITORS,
        "decisions": decisions_about(employer),
        "members": employer.memberships.select_related("user__identity").order_by("since", "pk"),
    }
    return render(request, "employers/employer_company.html", context, status=status)
