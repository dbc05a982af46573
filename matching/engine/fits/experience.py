"""Experience fit: months in the sector, on the channels, and in customer service at all.

    value = SATURATION(months): steep at first, nothing more after five years
    fit = (5 * sector + 3 * mean of the channels + 2 * in all) / sum of the weights that apply

Low by default in the weights, may be 0, and never a gate: a CV excludes nobody.
Range [0, 1] as 0..10**7. Source: own table; new agents run well after about half a year.
"""

from collections.abc import Sequence
from typing import Final

from matching.engine.curves import Curve
from matching.engine.fits.language import weighted_mean
from matching.engine.scale import Ints

SATURATION: Final = Curve(
    (
        (0, 0),
        (3, 3_000_000),
        (6, 5_000_000),
        (12, 6_500_000),
        (24, 8_000_000),
        (36, 9_000_000),
        (60, 10_000_000),
    )
)
SECTOR_WEIGHT: Final = 5
CHANNEL_WEIGHT: Final = 3
TOTAL_WEIGHT: Final = 2


def experience_fit(
    in_all: Ints, sector: Sequence[tuple[Ints, int]], channels: Sequence[tuple[Ints, int]]
) -> Ints:
    """Fit from values of SATURATION with their weights among their kind."""
    values = [(in_all, TOTAL_WEIGHT)]
    if sector:
        values.append((weighted_mean(sector), SECTOR_WEIGHT))
    if channels:
        values.append((weighted_mean(channels), CHANNEL_WEIGHT))
    return weighted_mean(values)
