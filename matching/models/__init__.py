"""Rankings, and what people change about a shortlist."""

from matching.models.allocation import AllocationRound, ExposureReport, VacancyAllocation
from matching.models.looks import CurationLook
from matching.models.pool import PoolChunk, PoolVersion
from matching.models.ranking import Ranking, RankingState
from matching.models.rounds import RankingRound
from matching.models.shards import RankingJob, RankingShard
from matching.models.shortlist import ShortlistEntry, ShortlistLog
from matching.models.weights import PartBounds, WeightPolicy

__all__ = [
    "AllocationRound",
    "CurationLook",
    "ExposureReport",
    "PartBounds",
    "PoolChunk",
    "PoolVersion",
    "Ranking",
    "RankingJob",
    "RankingRound",
    "RankingShard",
    "RankingState",
    "ShortlistEntry",
    "ShortlistLog",
    "VacancyAllocation",
    "WeightPolicy",
]
