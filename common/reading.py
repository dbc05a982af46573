"""Admin pages that only show: rows that come from files and from actions, never from an edit form."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from common.long_lists import FirstRowsAdmin


class ReadOnly:
    """No adding, changing or deleting; who has the permission to view sees everything."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never here."""
        return False


# A URL without a scheme means https, as everywhere else.
HTTPS_ASSUMED: dict[Any, Any] = {models.URLField: {"assume_scheme": "https"}}


class ReadOnlyAdmin(ReadOnly, FirstRowsAdmin):
    """A list, which never counts a whole table, and a page that only show."""

    formfield_overrides = HTTPS_ASSUMED


class ReadOnlyInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Rows that only show, below the page of what they belong to; that there are none is said."""

    extra = 0
    template = "admin/shown_rows.html"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what the shown columns refer to: one query, however many rows."""
        columns = self.fields or [one.name for one in self.model._meta.fields]
        links = [one.name for one in self.model._meta.fields if one.is_relation and one.name in columns]
        rows = super().get_queryset(request)
        return rows.select_related(*links) if links else rows
