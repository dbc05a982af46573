"""Users, identity, consent, audit log, mail outbox and notifications."""

from accounts.models.audit import AuditEntry
from accounts.models.consent import Consent
from accounts.models.identity import Identity
from accounts.models.notification import Digest, Notification, NotificationPreference
from accounts.models.outbox import OutboxMail
from accounts.models.user import User

__all__ = [
    "AuditEntry",
    "Consent",
    "Digest",
    "Identity",
    "Notification",
    "NotificationPreference",
    "OutboxMail",
    "User",
]
