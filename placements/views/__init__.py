"""Pages on which a person and a vacancy meet, for each side."""

from placements.views.compare import compare
from placements.views.how import how_matching_works
from placements.views.interest import interest
from placements.views.invite import invite
from placements.views.match import match
from placements.views.matches import matches
from placements.views.my_applications import my_application, my_applications, my_no, my_yes
from placements.views.person import person
from placements.views.profile_views import profile_views
from placements.views.scorecard import scorecard, scorecard_withdraw
from placements.views.shortlist import shortlist

__all__ = [
    "compare",
    "how_matching_works",
    "interest",
    "invite",
    "match",
    "matches",
    "my_application",
    "my_applications",
    "my_no",
    "my_yes",
    "person",
    "profile_views",
    "scorecard",
    "scorecard_withdraw",
    "shortlist",
]
