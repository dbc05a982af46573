"""Typing runs to look into."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from assessments.models import TypingRun
from common.long_lists import LongListAdmin, OccurringFilter
from common.reading import ReadOnlyAdmin

NOT_SHOWN = frozenset({"id", "draft", "draft_number", "limit_seconds"})
"""The time limit would tell what a person needs."""


@admin.register(TypingRun)
class TypingRunAdmin(LongListAdmin, ReadOnlyAdmin):
    """Copied texts, the newest first, with speed and accuracy."""

    list_display = [
        "started_at",
        "candidate",
        "passage",
        "practice",
        "state",
        "net_speed",
        "accuracy",
        "level",
    ]
    list_filter = ["state", "practice", ("language", OccurringFilter), "level"]
    list_select_related = ["candidate"]
    search_ways = (("candidate__public_id", "id"),)
    ordering = ["-pk"]
    readonly_fields = ["net_speed", "accuracy"]

    def get_fields(self, request: HttpRequest, obj: TypingRun | None = None) -> Any:
        """Every column but the unfinished draft and how long the person might take, and what follows from them."""
        return [
            *(field.name for field in self.opts.fields if field.name not in NOT_SHOWN),
            "net_speed",
            "accuracy",
        ]

    @admin.display(description=gettext_lazy("net words a minute"))
    def net_speed(self, run: TypingRun) -> str:
        """One decimal; nothing before it is handed in."""
        return f"{run.speed.net_wpm:.1f}" if run.speed else ""

    @admin.display(description=gettext_lazy("right"))
    def accuracy(self, run: TypingRun) -> str:
        """In percent."""
        return f"{100 * run.speed.accuracy:.1f} %" if run.speed else ""
