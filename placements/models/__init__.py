"""What happens between a person and a vacancy."""

from placements.models.invitation import TestInvitation

__all__ = ["TestInvitation"]
