"""Rankings, and what people change about a shortlist."""

from matching.models.ranking import Ranking, RankingState
from matching.models.shortlist import ShortlistEntry, ShortlistLog

__all__ = ["Ranking", "RankingState", "ShortlistEntry", "ShortlistLog"]
