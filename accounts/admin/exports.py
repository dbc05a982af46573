"""Taking a list away as CSV or Excel, with the filters that hold, and with a line in the audit log."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from accounts.actions import audit
from common.tables.writing import CONTENT_TYPES, table_bytes

MOST = 5_000
"""Rows of one file. Who needs more has filters to take it in parts."""


class ExportAdmin(admin.ModelAdmin):
    """A list that can be taken away. `export_columns` are (heading, what of a row stands there)."""

    export_columns: ClassVar[tuple[tuple[str, Callable[[Any], Any]], ...]] = ()

    def get_urls(self) -> list[Any]:
        """`export.csv` and `export.xlsx` beside the list."""
        opts = self.opts
        name = f"{opts.app_label}_{opts.model_name}_export"
        return [
            path("export.<slug:kind>", self.admin_site.admin_view(self.export), name=name),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """With the links to the files, for the filters that hold."""
        kinds = list(CONTENT_TYPES)
        context = {"export_kinds": kinds, "export_query": request.GET.urlencode(), "export_most": MOST}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def export(self, request: Any, kind: str) -> HttpResponse:
        """The first rows of the list as it is filtered and searched now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in CONTENT_TYPES:
            raise Http404
        found = self.get_changelist_instance(request)
        rows = list(found.get_queryset(request)[:MOST])
        table = ([read(row) for _heading, read in self.export_columns] for row in rows)
        content = table_bytes([heading for heading, _read in self.export_columns], table, kind)
        label = self.opts.label_lower
        audit.record(
            verb="table.exported", target=request.user, by=request.user, now=timezone.now(),
            table=label, rows=len(rows), filters=request.GET.urlencode(),
        )  # fmt: skip
        answer = HttpResponse(content, content_type=CONTENT_TYPES[kind])
        name = f"{self.opts.model_name}-{timezone.localdate().isoformat()}.{kind}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
