"""The company's facts: read by every member, changed by owners and recruiters."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.typed import keeps_typed, shown_again
from common.formsets import asked_for_rows
from employers.access import EDITORS, MemberRequest, member_required
from employers.actions.company import update_company
from employers.actions.errors import ChangedMeanwhile, ForbiddenWords
from employers.enums import EmployerState
from employers.forms.company import CompanyForms
from employers.queries import decisions_about, members_of
from employers.queries.appeals import appeal_until, last_appeal


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@member_required()
def company(request: MemberRequest) -> HttpResponse:
    """Facts, where they count, and how the application stands."""
    employer, membership = request.employer, request.membership
    if shown_again(request):
        return _page(request, CompanyForms.again(request.POST))
    if request.method != "POST":
        return _page(request, CompanyForms(employer=employer))
    if membership.role not in EDITORS:
        raise PermissionDenied("role")
    if asked_for_rows(request, "staff"):
        return _page(request, CompanyForms.with_more(request.POST))
    forms = CompanyForms(request.POST)
    if not forms.is_valid():
        return _page(request, forms, status=422)
    return _save(request, forms)


def _save(request: MemberRequest, forms: CompanyForms) -> HttpResponse:
    employer = request.employer
    was_rejected = employer.state == EmployerState.REJECTED
    try:
        update_company(
            employer=employer,
            facts=forms.facts.facts(),
            staff=forms.rows(),
            by=request.user,
            now=timezone.now(),
            seen=forms.seen,
        )
    except ForbiddenWords as error:
        forms.refuse_words(error.words)
        return _page(request, forms, status=422)
    except ChangedMeanwhile:
        forms.facts.add_error(
            None,
            _(
                "A colleague saved other facts while you were typing. Open the company page in another tab to compare."
            ),
        )
        return _page(request, forms, status=409)
    if was_rejected:
        messages.success(request, _("You have applied again. A recruiter reads it and writes to you."))
    else:
        messages.success(request, _("The company's facts are saved."))
    return redirect("employers:company")


def _page(request: MemberRequest, forms: CompanyForms, *, status: int = 200) -> HttpResponse:
    employer, membership = request.employer, request.membership
    may_edit = membership.role in EDITORS
    if not may_edit:
        forms.only_show()
    context = {
        "forms": forms,
        "employer": employer,
        "may_edit": may_edit,
        "decisions": decisions_about(employer),
        "appeal": last_appeal(employer),
        "appeal_until": appeal_until(employer, timezone.now()),
        "members": list(members_of(employer)),
        "own_membership": membership,
    }
    return render(request, "employers/employer_company.html", context, status=status)
