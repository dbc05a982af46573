"""Time fit: how much of the work can lie in hours that the person likes, on the real calendar.

    preferred share = preferred minutes / worked minutes
    night share     = night minutes / worked minutes
    fit             = (7 * preferred share + 3 * (1 - night share)) / 10

Sums over every week of the contract, as defined in `hours.py`: preferred is the most that can
lie in preferred hours, night the least that has to lie between 22:00 and 06:00 of the person's
clock outside the hours they prefer. Without a stated preference every available hour is as
welcome, and all nights count as nights. Range [0, 1] as 0..10**7. Source: own weighing.
"""

import numpy as np

from matching.engine.scale import SCALE, Ints


def time_fit(worked: Ints, preferred: Ints, night: Ints) -> Ints:
    """Fit from minutes summed over the contract; `worked` at most 2**23 (no work: 0)."""
    total = np.maximum(worked, 1)
    welcome = SCALE * preferred // total
    by_day = SCALE * (worked - night) // total
    fit: Ints = (7 * welcome + 3 * by_day) // 10
    return fit
