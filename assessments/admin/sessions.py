"""Sessions to look into."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from assessments.admin.figures import LevelsBegin, shown
from assessments.models import Response, Session
from common.long_lists import LongListAdmin
from common.reading import ReadOnlyAdmin, ReadOnlyInline

ANSWERS = Subquery(
    Response.objects.filter(session=OuterRef("pk"), answered_at__isnull=False)
    .order_by()
    .values("session")
    .annotate(number=Count("pk"))
    .values("number")
)
"""Counted for the rows of a page alone; joined, every session would be counted first."""


class ResponseInline(ReadOnlyInline):
    """What was given and answered, in order."""

    model = Response
    fields = ["position", "item", "scored", "credit", "correct", "given_at", "answered_at"]


@admin.register(Session)
class SessionAdmin(LevelsBegin, LongListAdmin, ReadOnlyAdmin):
    """Attempts, the newest first."""

    list_display = [
        "started_at",
        "candidate",
        "bank",
        "kind",
        "state",
        "stopped_because",
        "ability",
        "answered",
    ]
    list_filter = ["bank", "kind", "state", "stopped_because"]
    list_select_related = ["candidate", "bank"]
    search_ways = (("candidate__public_id", "id"),)
    ordering = ["-pk"]
    exclude = ["parameters", "areas", "with_accommodation"]  # whose that is, nobody reads
    inlines = [ResponseInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        """With the number of answers, without the frozen parameters."""
        return super().get_queryset(request).defer("parameters", "areas").annotate(answers=ANSWERS)

    @admin.display(description=gettext_lazy("ability"))
    def ability(self, session: Session) -> str:
        """Estimate and standard error, to two decimals: more says nothing."""
        if session.theta is None or session.standard_error is None:
            return ""
        return f"{shown(session.theta)} ± {shown(session.standard_error)}"

    @admin.display(description=gettext_lazy("answers"))
    def answered(self, session: Any) -> int:
        """Questions answered so far."""
        return int(session.answers or 0)
