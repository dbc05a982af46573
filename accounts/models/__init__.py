"""Users, identity, consent, audit log and mail outbox."""

from accounts.models.audit import AuditEntry
from accounts.models.consent import Consent
from accounts.models.identity import Identity
from accounts.models.outbox import OutboxMail
from accounts.models.user import User

__all__ = ["AuditEntry", "Consent", "Identity", "OutboxMail", "User"]
