"""Countries in the admin, with today's floor; those without one are a queue for staff."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.reading import ReadOnlyAdmin
from reference.enums import UnknownFloor
from reference.models import Country
from reference.queries.wages import WageFloorTable, wage_floors
from reference.templatetags.reference import hourly_amount


def floors_today(request: HttpRequest) -> WageFloorTable:
    """Today's floors of all countries, read once a request."""
    if not hasattr(request, "wage_floors_today"):
        request.wage_floors_today = wage_floors(None, timezone.localdate())  # type: ignore[attr-defined]
    return request.wage_floors_today  # type: ignore[attr-defined]


class UnknownFloorFilter(admin.SimpleListFilter):
    """The queue: countries whose floor cannot be named today."""

    title = gettext_lazy("wage floor today")
    parameter_name = "floor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """All unknown, then by reason."""
        return [("unknown", _("unknown")), *UnknownFloor.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Countries with that answer."""
        if not self.value():
            return queryset
        table = floors_today(request)
        wanted = [code for code in table.countries if table.get(code).unknown in self._codes()]
        return queryset.filter(pk__in=wanted)

    def _codes(self) -> set[str | None]:
        return set(UnknownFloor.values) if self.value() == "unknown" else {self.value()}


@admin.register(Country)
class CountryAdmin(ReadOnlyAdmin):
    """Every country; researched ones first."""

    list_filter = [UnknownFloorFilter, "researched", "eu", "eea"]
    search_fields = ["iso2"]
    ordering = ["-researched", "iso2"]
    list_per_page = 100

    def get_list_display(self, request: HttpRequest) -> list[str | Callable[[Any], str | bool]]:
        """With columns that read today's floors."""
        table = floors_today(request)

        @admin.display(description=_("floor today"))
        def floor(country: Country) -> str:
            found = table.get(country.pk).effective
            return hourly_amount(found) if found else ""

        @admin.display(description=_("why unknown"))
        def why(country: Country) -> str:
            code = table.get(country.pk).unknown
            return str(UnknownFloor(code).label) if code else ""

        return ["name", "iso2", "currency", "researched", floor, why, "record_floor"]

    @admin.display(description=gettext_lazy("name"))
    def name(self, country: Country) -> str:
        """In the reader's language."""
        return str(country)

    @admin.display(description=gettext_lazy("wage floors"))
    def record_floor(self, country: Country) -> SafeString:
        """Links to its rows, and to recording one."""
        rows, record = (
            reverse("admin:reference_wagefloor_changelist"),
            reverse("admin:reference_wagefloor_record"),
        )
        return format_html(
            '<a href="{}?country__iso2__exact={}">{}</a> · <a href="{}?country={}">{}</a>',
            rows, country.pk, _("rows"), record, country.pk, _("record"),
        )  # fmt: skip
