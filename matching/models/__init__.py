"""Rankings, and what people change about a shortlist."""

from matching.models.allocation import AllocationRound, ExposureReport, VacancyAllocation
from matching.models.pool import PoolChunk, PoolVersion
from matching.models.ranking import Ranking, RankingState
from matching.models.shortlist import ShortlistEntry, ShortlistLog
from matching.models.weights import PartBounds, WeightPolicy

__all__ = [
    "AllocationRound",
    "ExposureReport",
    "PartBounds",
    "PoolChunk",
    "PoolVersion",
    "Ranking",
    "RankingState",
    "ShortlistEntry",
    "ShortlistLog",
    "VacancyAllocation",
    "WeightPolicy",
]
