"""The append-only log of what people decided."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act: who did what to which object, when and why.

    Rows are never changed or deleted; a trigger in the database refuses it too (migration `triggers`).
    """

    at = models.DateTimeField(_("at"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    verb = models.CharField(_("act"), max_length=64)
    object_type = models.CharField(_("kind of object"), max_length=64)
    object_id = models.CharField(_("object"), max_length=64)
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(_("facts"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="audit_by_object"),
            models.Index(fields=["object_type", "-id"], name="audit_by_kind"),
            models.Index(fields=["object_id", "-id"], name="audit_by_id"),
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            GinIndex(OpClass(Upper("reason"), name="gin_trgm_ops"), name="audit_reason_trigrams"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append only."""
        if not self._state.adding:
            raise TypeError("an audit entry is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError("an audit entry is never deleted")
