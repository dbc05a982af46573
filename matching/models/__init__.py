"""Rankings, and what people change about a shortlist."""

from matching.models.pool import PoolChunk, PoolVersion
from matching.models.ranking import Ranking, RankingState
from matching.models.shortlist import ShortlistEntry, ShortlistLog
from matching.models.weights import PartBounds, WeightPolicy

__all__ = [
    "PartBounds",
    "PoolChunk",
    "PoolVersion",
    "Ranking",
    "RankingState",
    "ShortlistEntry",
    "ShortlistLog",
    "WeightPolicy",
]
