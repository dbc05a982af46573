"""Writing the audit log."""

from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import AuditEntry, User


def record(
    *, verb: str, target: models.Model, by: User | None, now: datetime, reason: str = "", **data: Any
) -> AuditEntry:
    """Append one entry, in the caller's transaction. `by=None` means the platform itself (a task, a sweep)."""
    return AuditEntry.objects.create(
        at=now,
        actor=by,
        verb=verb,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        reason=reason,
        data=data,
    )
