"""The queue of lists that want a look."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from common.reading import ReadOnlyAdmin
from matching.enums import Look
from matching.models import CurationLook
from matching.queries.looks import looks_wanted


class ReasonFilter(admin.SimpleListFilter):
    """Why a list wants a look."""

    title = gettext_lazy("why it wants a look")
    parameter_name = "why"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every reason there is."""
        return list(Look.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Lists with that reason, perhaps among others."""
        return queryset.filter(reasons__contains=[self.value()]) if self.value() in Look.values else queryset


@admin.register(CurationLook)
class CurationLookAdmin(ReadOnlyAdmin):
    """What waits for a look, the longest waiting on top; each row leads straight to its screen."""

    list_display = [
        "title",
        "employer",
        "reasons_words",
        "openings",
        "eligible",
        "since",
        "looked_at",
        "looked_by",
    ]
    list_display_links = None
    fields = ["title", "reasons_words", "since", "looked_at", "looked_by"]
    readonly_fields = ["title", "reasons_words"]
    list_filter = [ReasonFilter]
    list_select_related = [
        "vacancy__current",
        "vacancy__employer",
        "vacancy__ranking_state__current",
        "looked_by",
    ]
    list_per_page = 50
    ordering = ["since", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CurationLook]:
        """Only what waits; the packed results of rankings stay where they are."""
        return looks_wanted().defer(
            "vacancy__ranking_state__current__packed", "vacancy__ranking_state__current__query"
        )

    @admin.display(description=gettext_lazy("vacancy"))
    def title(self, look: CurationLook) -> SafeString:
        """What it is called, with a link to its list."""
        url = reverse("admin:matching_curate", args=[look.pk])
        return format_html('<a href="{}">{}</a>', url, look.vacancy)

    @admin.display(description=gettext_lazy("employer"))
    def employer(self, look: CurationLook) -> str:
        """Whose it is."""
        return look.vacancy.employer.name

    @admin.display(description=gettext_lazy("why it wants a look"))
    def reasons_words(self, look: CurationLook) -> str:
        """In words."""
        return reason_words(look)

    @admin.display(description=gettext_lazy("openings"))
    def openings(self, look: CurationLook) -> int | None:
        """How many people are wanted."""
        return look.vacancy.current.openings if look.vacancy.current else None

    @admin.display(description=gettext_lazy("eligible"))
    def eligible(self, look: CurationLook) -> int | None:
        """How many people suit."""
        state = getattr(look.vacancy, "ranking_state", None)
        return state.current.eligible if state and state.current else None


def reason_words(look: CurationLook) -> str:
    """Why a list wants a look, as one line."""
    return "; ".join(str(Look(reason).label) for reason in look.reasons)
