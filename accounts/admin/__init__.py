"""Users, audit log and outbox in the administration."""

from accounts.admin import audit, outbox, users

__all__ = ["audit", "outbox", "users"]
