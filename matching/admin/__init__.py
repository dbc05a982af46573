"""Matching in the administration: rankings, rounds and the log to read; one screen to curate each list; the exposure."""

from matching.admin.looks import CurationLookAdmin
from matching.admin.rankings import AllocationRoundAdmin, RankingAdmin, ShortlistLogAdmin
from matching.admin.weights import WeightPolicyAdmin

__all__ = [
    "AllocationRoundAdmin",
    "CurationLookAdmin",
    "RankingAdmin",
    "ShortlistLogAdmin",
    "WeightPolicyAdmin",
]
