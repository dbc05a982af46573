"""Skills fit: wanted skills, and headroom above must-have ones.

    wanted skill    = WANTED_MEASURED[measured level 0..3]; unmeasured WANTED_STATED[own statement],
                      which always stays below the lowest measured level
    must-have skill = HEADROOM[measured level - minimum]
    fit = 3/4 of the weighted mean of the wanted + 1/4 of the mean of the must-haves;
          where only one kind is asked, that one alone

Local knowledge (a city's art, travel in a country) is a measured skill like any other.
Range [0, 1] as 0..10**7. Source: own tables.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from matching.engine.ability import Levels
from matching.engine.fits.language import weighted_mean
from matching.engine.scale import Ints

WANTED_MEASURED: Final = (0, 4_000_000, 7_500_000, 10_000_000)
WANTED_STATED: Final = (0, 1_000_000, 2_000_000, 3_000_000)
HEADROOM: Final = (7_000_000, 9_000_000, 10_000_000)
WANTED_SHARE: Final = 3
MUST_SHARE: Final = 1


def wanted_value(measured: Levels, stated: Levels) -> Ints:
    """Value of one wanted skill; levels 0..3, 0 = not measured, not stated."""
    table = [
        WANTED_MEASURED[known] if known else WANTED_STATED[said] for known in range(4) for said in range(4)
    ]
    return np.array(table, dtype=np.int64).take(measured * 4 + stated)


def must_value(minimum: int, measured: Levels) -> Ints:
    """Value of one must-have skill for people at or above the minimum."""
    most = len(HEADROOM) - 1
    table = [HEADROOM[min(max(level - minimum, 0), most)] for level in range(4)]
    return np.array(table, dtype=np.int64).take(measured)


def skills_fit(wanted: Sequence[tuple[Ints, int]], must: Sequence[Ints]) -> Ints:
    """Fit from (values, weight) of the wanted and values of the must-have skills."""
    if not must:
        return weighted_mean(wanted)
    must_mean = weighted_mean([(value, 1) for value in must])
    if not wanted:
        return must_mean
    fit: Ints = (WANTED_SHARE * weighted_mean(wanted) + MUST_SHARE * must_mean) // (WANTED_SHARE + MUST_SHARE)
    return fit
