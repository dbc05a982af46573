"""Pages on which a person and a vacancy meet, for each side."""

from placements.views.match import match
from placements.views.matches import matches
from placements.views.person import person
from placements.views.shortlist import shortlist

__all__ = ["match", "matches", "person", "shortlist"]
