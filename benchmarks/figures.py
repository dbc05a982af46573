"""The engine's published tables and weights (docs/matching.md), in the shapes that the peers put them to use."""

from itertools import pairwise
from typing import Final

import numpy as np

from matching.engine import CANDIDATE_WEIGHTS, SCALE, Code, VacancyQuery, ability
from matching.engine.columns import MAX_MONTHS, MAX_THETA
from matching.engine.fits import commitment, culture, experience, language, pay, skills
from matching.engine.scale import apportion

UNIT: Final = SCALE
N: Final = {code.name: code.number for code in Code}
"""Number of each reason, by its name."""
PART_NAMES: Final = ("language", "culture", "time", "pay", "skills", "experience", "commitment")

MONTHS_TABLE: Final = experience.SATURATION.at(np.arange(MAX_MONTHS + 1, dtype=np.int64))
"""Value of each whole number of months, 0..1200."""
HEADROOM: Final = language.HEADROOM.points
HEADROOM_FROM: Final = HEADROOM[0][0]
HEADROOM_TO: Final = HEADROOM[-1][0]
HEADROOM_TABLE: Final = language.HEADROOM.at(np.arange(HEADROOM_FROM, HEADROOM_TO + 1, dtype=np.int64))
"""Value of each whole number of thousandths of a level above the minimum, from HEADROOM_FROM to HEADROOM_TO."""
EVIDENCE: Final = np.array(culture.EVIDENCE, dtype=np.int64)
ABOVE_FLOOR: Final = pay.ABOVE_FLOOR.points
IN_MARKET: Final = pay.IN_MARKET.points
TO_WISH: Final = pay.TO_WISH.points
SATURATION: Final = experience.SATURATION.points
WANTED_MEASURED: Final = np.array(skills.WANTED_MEASURED, dtype=np.int64)
WANTED_STATED: Final = np.array(skills.WANTED_STATED, dtype=np.int64)
OPEN_ENDED_MONTHS: Final = commitment.OPEN_ENDED_MONTHS


def must_values(minimum: int) -> tuple[int, ...]:
    """Value of a must-have skill at each measured level 0..3."""
    return tuple(skills.HEADROOM[min(max(level - minimum, 0), 2)] for level in range(4))


def edges(query: VacancyQuery) -> list[int]:
    """Seven edges of the bands A1..C2, thousandths of a level."""
    return ability.band_edges(query.cefr_cuts)


def reaches(query: VacancyQuery) -> list[tuple[int, int]]:
    """What a cautious ability is kept within, for each measured band; C2 is open above."""
    bands = list(pairwise(edges(query)))
    return [*bands[:-1], (bands[-1][0], MAX_THETA)]


def shares(query: VacancyQuery) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The employer's and the candidates' weights, both adding up to 10**7."""
    return apportion(query.effective(query.weights)), apportion(query.effective(CANDIDATE_WEIGHTS))
