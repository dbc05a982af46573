"""People's profiles: what they offer and what they wish, in their own words."""

from candidates.models.background import Experience, MarketServed, PlaceKnown
from candidates.models.candidate import Candidate
from candidates.models.change import CandidateChange
from candidates.models.languages import CandidateLanguage
from candidates.models.reservations import Reservation
from candidates.models.skills import CandidateSkill
from candidates.models.work_style import WorkStyleDraft

__all__ = [
    "Candidate",
    "CandidateChange",
    "CandidateLanguage",
    "CandidateSkill",
    "Experience",
    "MarketServed",
    "PlaceKnown",
    "Reservation",
    "WorkStyleDraft",
]
