"""Employers in the admin: facts, how they stand, and the decision with its reason."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.exports import ExportAdmin
from common.bulk import BulkAdmin
from common.decisions import DecisionForm
from common.reading import ReadOnlyAdmin, ReadOnlyInline
from employers.actions.decision import accept_employer, reject_employer
from employers.actions.errors import OpenAppeal, UnableToDecide
from employers.admin.bulk import AcceptMany, RefuseMany
from employers.enums import EmployerState
from employers.models import Employer, EmployerStaff, EmployerStatusLog, Membership


class EmployerDecisionForm(DecisionForm):
    """Accept or reject, on the state that the recruiter saw."""

    decisions = (("accept", gettext_lazy("accept")), ("reject", gettext_lazy("reject")))
    reason_help = gettext_lazy("The employer reads this. A rejection needs one.")
    reason_missing = gettext_lazy("Say why; the employer has a right to know.")

    seen = forms.ChoiceField(choices=EmployerState.choices, widget=forms.HiddenInput)


VACANCIES = Subquery(
    Employer.objects.filter(pk=OuterRef("pk")).order_by().annotate(number=Count("vacancies")).values("number")
)
"""Counted for the rows of a page alone."""


class StaffInline(ReadOnlyInline):
    """People by country."""

    model = EmployerStaff


class MembershipInline(ReadOnlyInline):
    """Who works with the employer's account."""

    model = Membership


class StatusLogInline(ReadOnlyInline):
    """How it was judged."""

    model = EmployerStatusLog


@admin.register(Employer)
class EmployerAdmin(BulkAdmin, ExportAdmin, ReadOnlyAdmin):
    """A queue first: who waits for a decision, the longest waiting on top. The facts are the employer's own words."""

    list_display = ["called", "country", "headcount", "state", "applied_at", "vacancy_count"]
    list_display_links = None
    list_filter = ["state", ("country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["country"]
    search_fields = ["name", "registration_number", "memberships__user__email"]
    export_columns = (
        ("id", lambda row: row.pk),
        ("name", lambda row: row.name),
        ("country", lambda row: row.country_id),
        ("registration_number", lambda row: row.registration_number),
        ("website", lambda row: row.website),
        ("headcount", lambda row: row.headcount),
        ("working_languages", lambda row: ", ".join(row.working_languages)),
        ("state", lambda row: row.state),
        ("applied_at", lambda row: row.applied_at),
        ("decided_at", lambda row: row.decided_at),
        ("vacancies", lambda row: row.vacancy_total),
    )
    bulk_acts = (AcceptMany(), RefuseMany())
    inlines = [StaffInline, MembershipInline, StatusLogInline]
    change_form_template = "admin/employers/employer/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employer]:
        """With the number of vacancies."""
        waiting = Case(
            When(state=EmployerState.APPLIED, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        employers = super().get_queryset(request).annotate(vacancy_total=VACANCIES)
        return employers.order_by(waiting, "applied_at", "pk")

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def called(self, employer: Employer) -> str:
        """What it is called; what waits leads straight to its decision."""
        page = "decide" if employer.state == EmployerState.APPLIED else "change"
        return format_html(
            '<a href="{}">{}</a>',
            reverse(f"admin:employers_employer_{page}", args=[employer.pk]),
            employer.name,
        )

    @admin.display(description=gettext_lazy("vacancies"), ordering="vacancy_total")
    def vacancy_count(self, employer: Any) -> int:
        """How many vacancies the employer has."""
        return int(employer.vacancy_total or 0)

    def get_urls(self) -> list[Any]:
        """The decision page beside the standard ones."""
        view = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/", view, name="employers_employer_decide"), *super().get_urls()]

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accept or reject, once, on the state that the recruiter saw."""
        if not request.user.has_perm("employers.change_employer"):
            raise PermissionDenied
        employer = self.get_object(request, str(pk))
        if employer is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
        form = EmployerDecisionForm(request.POST or None, initial={"seen": employer.state})
        if request.method == "POST" and form.is_valid():
            self._act(request, employer, **form.cleaned_data)
            return redirect("admin:employers_employer_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": employer.name,
            "employer": employer,
            "staff": employer.staff.order_by("-headcount", "country"),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/employers/employer/decide.html", context)

    def _act(
        self, request: HttpRequest, employer: Employer, *, decision: str, reason: str, seen: str
    ) -> None:
        act = accept_employer if decision == "accept" else reject_employer
        try:
            act(employer=employer, by=request.user, now=timezone.now(), reason=reason, seen=seen)  # type: ignore[arg-type]
        except OpenAppeal:
            messages.error(
                request,
                _("The company has appealed. Judge the appeal instead; somebody else than who refused can."),
            )
        except UnableToDecide:
            employer.refresh_from_db(fields=["state"])
            messages.error(
                request,
                _("Nothing was changed: the company is “%(state)s” already.")
                % {"state": employer.get_state_display()},
            )
        else:
            messages.success(request, _("Decided. The owners of the company have been written to."))
