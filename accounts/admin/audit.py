"""The audit log, to read."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry
from accounts.words.audit import act_words
from common.long_lists import LongListAdmin
from common.reading import ReadOnlyAdmin


def _called(model: type[Model]) -> str:
    return capfirst(str(model._meta.verbose_name))


class RoomFilter(admin.SimpleListFilter):
    """Kinds of objects: those there are, not those that were acted on, which would have to be looked for."""

    title = _("kind of object")
    parameter_name = "object_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every kind that the administration shows."""
        kinds = {model._meta.label_lower: _called(model) for model in admin.site._registry}
        return sorted(kinds.items(), key=lambda kind: kind[1].casefold())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """What was done to objects of that kind."""
        return queryset.filter(object_type=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(LongListAdmin, ReadOnlyAdmin):
    """Who did what to which object, when and why. Newest first."""

    list_display = ("at", "actor", "act", "kind", "object_id", "reason")
    list_display_links = ("at", "act")
    fields = ("at", "actor", "act", "verb", "kind", "object_id", "reason", "data")
    list_filter = (RoomFilter,)
    list_select_related = ("actor",)
    list_per_page = 50
    search_ways = (("object_id", "whole"), ("verb", "whole"), ("actor__email", "text"), ("reason", "text"))
    search_help_text = _("Object or act in full, part of the email address of who did it, or of the reason")
    ordering = ("-pk",)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Called by what was done in words, to which kind of object."""
        if entry := context.get("original"):
            context["subtitle"] = f"{self.act(entry)} ({self.kind(entry)})"
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("act in words"))
    def act(self, entry: AuditEntry) -> str:
        """What was done, in words."""
        return act_words(entry.verb)

    @admin.display(description=_("kind of object"))
    def kind(self, entry: AuditEntry) -> str:
        """What it was done to: the name of the model, or its label when there is no such model any more."""
        try:
            return _called(apps.get_model(entry.object_type))
        except (LookupError, ValueError):
            return entry.object_type
