"""Measurements to record from evidence, and to revoke."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.measurements import UnableToRevoke, record_measurement, revoke_measurement
from assessments.admin.work_style import work_style_page
from assessments.forms.evidence import EvidenceForm, RevokeForm
from assessments.models import Measurement
from candidates.actions.errors import ProfileGone
from common.long_lists import LongListAdmin, OccurringFilter
from common.reading import ReadOnlyAdmin


@admin.register(Measurement)
class MeasurementAdmin(LongListAdmin, ReadOnlyAdmin):
    """Measured levels with their source. Staff add one from evidence, and take one back with a reason."""

    list_display = ["candidate", "what", "level_name", "source", "measured_on", "expires_on", "revoked_at"]
    list_filter = [
        "source",
        ("language", OccurringFilter),
        ("skill", OccurringFilter),
        ("revoked_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["candidate", "language", "skill"]
    search_ways = (("candidate__public_id", "id"),)
    ordering = ["-pk"]
    readonly_fields = ["level_name"]
    change_form_template = "admin/assessments/measurement/change_form.html"
    change_list_template = "admin/assessments/measurement/change_list.html"

    @admin.display(description=gettext_lazy("what"))
    def what(self, measurement: Measurement) -> str:
        """The language or skill."""
        return str(measurement.language or measurement.skill)

    @admin.display(description=gettext_lazy("level"), ordering="level")
    def level_name(self, measurement: Measurement) -> str:
        """A1 to C2, or 1 to 3."""
        return measurement.level_name

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Staff with the permission to add."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The evidence form for a new row; every column, to read, for an old one."""
        if obj is None:
            return EvidenceForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the form asks, or every column."""
        if obj is None:
            return ["public_id", *EvidenceForm.Meta.fields]
        shown = [field.name for field in self.opts.fields if field.name != "id"]
        return ["level_name" if name == "level" else name for name in shown]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With a title that says what is added."""
        title = {"title": _("Record a measurement from evidence")}
        try:
            return super().add_view(request, form_url, {**(extra_context or {}), **title})
        except ProfileGone:
            messages.error(request, _("This person has left the platform meanwhile. Nothing was recorded."))
            return redirect("admin:assessments_measurement_changelist")

    def save_model(self, request: HttpRequest, obj: Measurement, form: Any, change: bool) -> None:
        """Through the action, which checks, logs and tells matching."""
        values = form.cleaned_data
        recorded = record_measurement(
            candidate=values["candidate_row"],
            language=values["language"],
            skill=values["skill"],
            level=values["level"],
            source=values["source"],
            evidence=values["evidence"],
            measured_on=values["measured_on"],
            expires_on=values["expires_on"],
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
        obj.__dict__.update(recorded.__dict__)

    def get_urls(self) -> list[Any]:
        """The revocation page and the report on work style beside the standard ones."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/revoke/", view(self.revoke), name="assessments_measurement_revoke"),
            path("work-style/", view(self.work_style), name="assessments_work_style"),
            *super().get_urls(),
        ]

    def work_style(self, request: HttpRequest) -> HttpResponse:
        """How well the statements of the work-style scales hold together."""
        return work_style_page(request, self.admin_site)

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a measurement back, with a reason, once."""
        if not admin.ModelAdmin.has_change_permission(self, request):
            raise PermissionDenied
        measurement = self.get_object(request, str(pk))
        if measurement is None:
            return redirect("admin:assessments_measurement_changelist")
        form = RevokeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                revoke_measurement(
                    measurement=measurement,
                    reason=form.cleaned_data["reason"],
                    by=request.user,  # type: ignore[arg-type]
                    now=timezone.now(),
                )
            except UnableToRevoke as error:
                messages.error(request, _("Nothing was changed: %(why)s.") % {"why": error})
            else:
                messages.success(request, _("The measurement no longer counts."))
            return redirect(reverse("admin:assessments_measurement_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revoke a measurement"),
            "measurement": measurement,
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/assessments/measurement/revoke.html", context)
