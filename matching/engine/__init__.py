"""The ranking engine: pure numbers, NumPy and the standard library only.

A candidate `Pool` and a compiled `VacancyQuery` go in; gates decide who can do the work at all,
fits say how well, and the total is two-sided, exact and explained. Fixed-point integers make
every run replayable bit for bit. `docs/matching.md` is written from these definitions.
"""

from matching.engine.book import Prospects, QueryBook
from matching.engine.changes import Change
from matching.engine.clocks import BlockInTwoClocks, WeekInTwoClocks
from matching.engine.codes import CODES, GATES, SOFT, Code, Gate
from matching.engine.definitions import Definitions, describe
from matching.engine.errors import (
    CorruptSnapshot,
    InvalidPool,
    InvalidQuery,
    UnableToMerge,
    UnknownCandidate,
    UnknownZone,
)
from matching.engine.explanation import Explanation, GateOutcome, PartOutcome, explain, explain_everybody
from matching.engine.fits import locality_share
from matching.engine.packing import pack, unpack
from matching.engine.parts import PARTS, Part, PartWeights
from matching.engine.pool import Pool, mask_of_week
from matching.engine.proofs import Proofs
from matching.engine.query import (
    CountryWeight,
    LanguageNeed,
    PayStatus,
    PlaceTerms,
    ShiftBlock,
    SkillNeed,
    SkillWish,
    VacancyQuery,
)
from matching.engine.ranking import NearMiss, RankingResult, merge, rank
from matching.engine.scale import SCALE
from matching.engine.screening import Screening, Waterfall, screen
from matching.engine.sparse import (
    LanguageColumn,
    LocalityColumn,
    MonthsColumn,
    ReservedEmployerColumn,
    ReservedSectorColumn,
    SkillColumn,
)
from matching.engine.standing import Standing
from matching.engine.version import ENGINE_VERSION
from matching.engine.weights import CANDIDATE_WEIGHTS, EMPLOYER_BOUNDS, EMPLOYER_WEIGHTS, Bounds
from matching.engine.zones import tz_version

__all__ = [
    "CANDIDATE_WEIGHTS",
    "CODES",
    "EMPLOYER_BOUNDS",
    "EMPLOYER_WEIGHTS",
    "ENGINE_VERSION",
    "GATES",
    "PARTS",
    "SCALE",
    "SOFT",
    "BlockInTwoClocks",
    "Bounds",
    "Change",
    "Code",
    "CorruptSnapshot",
    "CountryWeight",
    "Definitions",
    "Explanation",
    "Gate",
    "GateOutcome",
    "InvalidPool",
    "InvalidQuery",
    "LanguageColumn",
    "LanguageNeed",
    "LocalityColumn",
    "MonthsColumn",
    "NearMiss",
    "Part",
    "PartOutcome",
    "PartWeights",
    "PayStatus",
    "PlaceTerms",
    "Pool",
    "Proofs",
    "Prospects",
    "QueryBook",
    "RankingResult",
    "ReservedEmployerColumn",
    "ReservedSectorColumn",
    "Screening",
    "ShiftBlock",
    "SkillColumn",
    "SkillNeed",
    "SkillWish",
    "Standing",
    "UnableToMerge",
    "UnknownCandidate",
    "UnknownZone",
    "VacancyQuery",
    "Waterfall",
    "WeekInTwoClocks",
    "describe",
    "explain",
    "explain_everybody",
    "locality_share",
    "mask_of_week",
    "merge",
    "pack",
    "rank",
    "screen",
    "tz_version",
    "unpack",
]
