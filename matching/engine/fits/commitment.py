"""Commitment fit: wished against offered length and hours.

    length = shorter / longer of (wished months, offered months); 1 when the wish is open;
             an open-ended offer counts as 24 months, or as the wish when that is longer
    hours  = 1 - 1/4 * |hours asked - middle of the person's range| / half of the range:
             1 in the middle, 3/4 at the edges of the range (the gate keeps it inside)
    fit    = (6 * length + 4 * hours) / 10

Months, minutes a week. Range [0, 1] as 0..10**7. Source: own weighing.
"""

from typing import Final

import numpy as np

from matching.engine.scale import SCALE, Ints

OPEN_ENDED_MONTHS: Final = 24


def commitment_fit(
    wished_months: Ints, offered_months: int, hours_min: Ints, hours_max: Ints, hours_week: int
) -> Ints:
    """Fit of m people; `offered_months` 0 = open-ended, `wished_months` 0 = no wish."""
    wish = np.maximum(wished_months, 1)
    open_ended = np.maximum(wish, OPEN_ENDED_MONTHS)
    offered = np.full_like(wish, offered_months) if offered_months else open_ended
    ratio = SCALE * np.minimum(wish, offered) // np.maximum(wish, offered)
    length = np.where(wished_months == 0, SCALE, ratio)
    width = np.maximum(hours_max - hours_min, 1)
    off_middle = np.minimum(np.abs(2 * hours_week - hours_min - hours_max), width)
    hours = SCALE - SCALE * off_middle // (4 * width)
    fit: Ints = (6 * length + 4 * hours) // 10
    return fit
