"""Pages on which a person and a vacancy meet, for each side."""

from placements.views.all_applications import all_applications
from placements.views.company import company
from placements.views.compare import compare
from placements.views.deciding import (
    accept,
    decline,
    invite_person,
    note,
    offer,
    put_back,
    set_aside,
    take_back,
    talk,
)
from placements.views.how import how_matching_works
from placements.views.interest import interest
from placements.views.invite import invite
from placements.views.leaving import leave_now, leaving, left, my_data
from placements.views.match import match
from placements.views.matches import matches
from placements.views.my_applications import my_application, my_applications, my_no, my_yes
from placements.views.person import person
from placements.views.pipeline import pipeline
from placements.views.profile_views import profile_views
from placements.views.remembered import begin, forget, look
from placements.views.scorecard import scorecard, scorecard_withdraw
from placements.views.shortlist import shortlist
from placements.views.together import together
from placements.views.unlocks import unlocks
from placements.views.whereabouts import open_application

__all__ = [
    "accept",
    "all_applications",
    "begin",
    "company",
    "compare",
    "decline",
    "forget",
    "how_matching_works",
    "interest",
    "invite",
    "invite_person",
    "leave_now",
    "leaving",
    "left",
    "look",
    "match",
    "matches",
    "my_application",
    "my_applications",
    "my_data",
    "my_no",
    "my_yes",
    "note",
    "offer",
    "open_application",
    "person",
    "pipeline",
    "profile_views",
    "put_back",
    "scorecard",
    "scorecard_withdraw",
    "set_aside",
    "shortlist",
    "take_back",
    "talk",
    "together",
    "unlocks",
]
