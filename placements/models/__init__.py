"""What happens between a person and a vacancy."""

from placements.models.application import WORDS, Application, ApplicationLog
from placements.models.invitation import TestInvitation
from placements.models.match_told import ListSearched, MatchTold
from placements.models.profile_view import ProfileView
from placements.models.remembered import RememberedVacancy
from placements.models.set_aside import SetAside
from placements.models.team_note import NOTE_WORDS, TeamNote

__all__ = [
    "NOTE_WORDS",
    "WORDS",
    "Application",
    "ApplicationLog",
    "ListSearched",
    "MatchTold",
    "ProfileView",
    "RememberedVacancy",
    "SetAside",
    "TeamNote",
    "TestInvitation",
]
