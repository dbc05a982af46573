"""Matching in the administration: rankings, rounds and the log to read; one screen to curate each list; the exposure."""

from matching import admin_weights
from matching.admin.rankings import AllocationRoundAdmin, RankingAdmin, ShortlistLogAdmin

__all__ = ["AllocationRoundAdmin", "RankingAdmin", "ShortlistLogAdmin", "admin_weights"]
