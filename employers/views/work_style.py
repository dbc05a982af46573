"""How the team works: the same statements that candidates answer about themselves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.typed import keeps_typed, shown_again
from common.formsets import unjudged
from employers.access import EDITORS, MemberRequest, member_required
from employers.actions.company import save_work_style
from employers.forms.work_style import TeamWorkStyleForm


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@member_required()
def work_style(request: MemberRequest) -> HttpResponse:
    """24 statements about the team."""
    employer, membership = request.employer, request.membership
    may_edit = membership.role in EDITORS
    if request.method == "POST" and not may_edit:
        raise PermissionDenied("role")
    again = shown_again(request)
    form = TeamWorkStyleForm(request.POST if again or request.method == "POST" else None, employer=employer)
    if again:
        unjudged(form)
    if request.method == "POST" and form.is_valid():
        save_work_style(
            employer=employer,
            answers=form.answers(),
            version=form.version,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("The team's work style is saved."))
        return redirect("employers:company")
    if not may_edit:
        for field in form.fields.values():
            field.disabled = True
    context = {"form": form, "employer": employer, "may_edit": may_edit}
    return render(request, "employers/employer_work_style.html", context, status=422 if form.errors else 200)
