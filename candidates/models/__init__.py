"""People's profiles: what they offer and what they wish, in their own words."""

from candidates.models.background import Experience, MarketServed, PlaceKnown
from candidates.models.candidate import Candidate
from candidates.models.languages import CandidateLanguage
from candidates.models.skills import CandidateSkill

__all__ = ["Candidate", "CandidateLanguage", "CandidateSkill", "Experience", "MarketServed", "PlaceKnown"]
