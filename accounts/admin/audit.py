"""The audit log, to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry
from common.reading import ReadOnlyAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who did what to which object, when and why. Newest first."""

    list_display = ("at", "actor", "verb", "object_type", "object_id", "reason")
    list_filter = ("at", "verb", "object_type")
    list_select_related = ("actor",)
    list_per_page = 50
    search_fields = ("object_id", "actor__email", "reason")
    search_help_text = _("Object, email address of who did it, or reason")
    ordering = ("-at", "-pk")
