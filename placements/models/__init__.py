"""What happens between a person and a vacancy."""

from placements.models.application import WORDS, Application, ApplicationLog
from placements.models.invitation import TestInvitation
from placements.models.profile_view import ProfileView

__all__ = ["WORDS", "Application", "ApplicationLog", "ProfileView", "TestInvitation"]
