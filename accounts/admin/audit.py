"""The audit log, to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry
from common.long_lists import LongListAdmin
from common.reading import ReadOnlyAdmin


class RoomFilter(admin.SimpleListFilter):
    """Kinds of objects: those there are, not those that were acted on, which would have to be looked for."""

    title = _("kind of object")
    parameter_name = "object_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every kind that the administration shows."""
        kinds = {
            model._meta.label_lower: capfirst(str(model._meta.verbose_name)) for model in admin.site._registry
        }
        return sorted(kinds.items(), key=lambda kind: kind[1].casefold())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """What was done to objects of that kind."""
        return queryset.filter(object_type=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(LongListAdmin, ReadOnlyAdmin):
    """Who did what to which object, when and why. Newest first."""

    list_display = ("at", "actor", "verb", "object_type", "object_id", "reason")
    list_filter = (RoomFilter,)
    list_select_related = ("actor",)
    list_per_page = 50
    search_ways = (("object_id", "whole"), ("verb", "whole"), ("actor__email", "text"), ("reason", "text"))
    search_help_text = _("Object or act in full, part of the email address of who did it, or of the reason")
    ordering = ("-pk",)
