"""Wage floors in the admin: every dated row with its source; confirm, supersede, record."""

from operator import attrgetter
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.exports import ExportAdmin
from common.bulk import BulkAdmin
from reference.actions.wages import (
    UnableToChangeFloor,
    record_wage_floor,
    supersede_wage_floor,
)
from reference.admin.bulk import ConfirmMany
from reference.admin.facts import FactAdmin
from reference.enums import FloorKind
from reference.forms import FiguresForm, RecordForm
from reference.models import WageFloor
from reference.templatetags.reference import plain_number, stated_amount


class StandingFilter(admin.SimpleListFilter):
    """Which rows need a look."""

    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Today's rows, those to be confirmed, those without a usable amount, and the past."""
        return [
            ("today", _("valid today")),
            ("confirm", _("to be confirmed")),
            ("unusable", _("without a usable amount")),
            ("withdrawn", _("withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows of the chosen standing."""
        match self.value():
            case "today":
                return queryset.valid_on(timezone.localdate())
            case "confirm":
                return queryset.to_be_confirmed()
            case "unusable":
                return queryset.standing().without_usable_amount()
            case "withdrawn":
                return queryset.exclude(withdrawn_at=None)
        return queryset


@admin.register(WageFloor)
class WageFloorAdmin(BulkAdmin, ExportAdmin, FactAdmin):
    """Every dated row with its source; staff confirm or supersede, and nothing is overwritten."""

    list_display = ["place", "kind", "scope", "stated", "status", "grade", "as_of", "in_force", "confirmed"]
    list_display_links = None
    list_filter = [
        StandingFilter,
        "kind",
        "reliability",
        "status",
        "origin",
        ("country", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["country", "region"]
    search_fields = ["key", "scope", "source", "notes"]
    ordering = ["country", "region", "kind", "-valid_from"]
    export_columns = tuple(
        (name, attrgetter(column))
        for name, column in (
            *((name, name) for name in ("key", "kind", "scope", "status", "amount", "currency", "period")),
            ("country", "country_id"),
            ("region", "region_id"),
            *((name, name) for name in ("payments_per_year", "paid_days_per_week", "weekly_hours")),
            *(
                (name, name)
                for name in ("valid_from", "valid_to", "source", "source_ref", "as_of", "reliability")
            ),
            *((name, name) for name in ("notes", "confirmed_at", "withdrawn_at")),
        )
    )
    bulk_acts = (ConfirmMany(),)
    change_form_template = "admin/reference/wagefloor/change_form.html"
    change_list_template = "admin/reference/wagefloor/change_list.html"

    @admin.display(description=gettext_lazy("place"), ordering="country")
    def place(self, floor: WageFloor) -> SafeString:
        """Country, and the region where the row is regional; what waits leads straight to what confirming it would touch."""
        page = "wage_effects" if floor.waits else "reference_wagefloor_change"
        place = format_html("{} · {}", floor.country, floor.region) if floor.region else floor.country
        return format_html('<a href="{}">{}</a>', reverse(f"admin:{page}", args=[floor.pk]), place)

    @admin.display(description=gettext_lazy("as stated"))
    def stated(self, floor: WageFloor) -> str:
        """Amount, currency and period."""
        return stated_amount(floor)

    @admin.display(description=gettext_lazy("reliability"), ordering="reliability")
    def grade(self, floor: WageFloor) -> str:
        """The letter only."""
        return floor.reliability

    @admin.display(description=gettext_lazy("in force"), ordering="valid_from")
    def in_force(self, floor: WageFloor) -> str:
        """First day and first day after, as far as they are known."""
        if not floor.valid_from and not floor.valid_to:
            return _("no dates stated")
        start, end = (date_format(day) if day else "…" for day in (floor.valid_from, floor.valid_to))
        return f"{start} – {end}"

    @admin.display(description=gettext_lazy("confirmed"), boolean=True)
    def confirmed(self, floor: WageFloor) -> bool:
        """Whether staff vouch for it."""
        return floor.confirmed_at is not None

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        """Staff who may change floors."""
        return request.user.has_perm("reference.change_wagefloor")

    def get_urls(self) -> list[Any]:
        """The pages to supersede and to record, beside the standard ones."""
        wrap = self.admin_site.admin_view
        return [
            path("record/", wrap(self.record), name="reference_wagefloor_record"),
            path("<int:pk>/supersede/", wrap(self.supersede), name="reference_wagefloor_supersede"),
            *super().get_urls(),
        ]

    def supersede(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new row in the place of this one, from a day on."""
        self._check(request)
        floor = self.get_object(request, str(pk))
        if floor is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
        form = FiguresForm(
            request.POST or None,
            initial={
                "period": floor.period or "hour",
                "payments_per_year": floor.payments_per_year,
                "paid_days_per_week": floor.paid_days_per_week,
                "weekly_hours": plain_number(floor.weekly_hours) if floor.weekly_hours else "",
            },
        )
        if request.method == "POST" and form.is_valid():
            try:
                new = supersede_wage_floor(
                    floor=floor,
                    figures=form.figures(),
                    by=request.user,  # type: ignore[arg-type]
                    now=timezone.now(),
                    reason=form.cleaned_data["reason"],
                )
            except UnableToChangeFloor as error:
                form.add_error(None, str(error))
            else:
                messages.success(
                    request, _("The new row holds from its first day; the old one keeps its figures.")
                )
                return redirect("admin:reference_wagefloor_change", new.pk)
        return self._form_page(request, form, _("Supersede %(floor)s") % {"floor": floor}, floor)

    def record(self, request: HttpRequest) -> HttpResponse:
        """A floor that is not on file, such as a platform policy."""
        self._check(request)
        initial = {"country": request.GET.get("country"), "kind": FloorKind.PLATFORM_POLICY}
        form = RecordForm(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                new = record_wage_floor(
                    country=data["country"],
                    region=data["region"],
                    kind=FloorKind(data["kind"]),
                    scope=data["scope"],
                    figures=form.figures(),
                    by=request.user,  # type: ignore[arg-type]
                    now=timezone.now(),
                    reason=data["reason"],
                )
            except UnableToChangeFloor as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Recorded."))
                return redirect("admin:reference_wagefloor_change", new.pk)
        return self._form_page(request, form, _("Record a wage floor"), None)

    def _check(self, request: HttpRequest) -> None:
        if not self.has_confirm_permission(request):
            raise PermissionDenied

    def _form_page(
        self, request: HttpRequest, form: Form, title: str, floor: WageFloor | None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "form": form,
            "floor": floor,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/reference/wagefloor/figures.html", context)
