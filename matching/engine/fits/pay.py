"""Pay fit: how good the offer is for the person. Higher pay is never worse.

    above the floor = ABOVE_FLOOR(lower end / floor)          weighs 3; left out without a floor
    in the market   = IN_MARKET((middle - low) / (high - low)) weighs 3; left out if not known
    to the wish     = TO_WISH(middle / wish), at most 1        weighs 4; left out without a wish
    fit = weighted mean of those that are there; 1/2 when there is none

floor = the higher of legal minimum and other floors of the person's place; middle = the middle of
the range offered there; low, high = usual pay for the work there (a single figure: IN_MARKET of
where the middle stands between half and one and a half times it). A wish below the offer earns
nothing more than a wish equal to it, and the own minimum is not part of the fit at all: being
cheap moves nobody up. Amounts in 1/10000 EUR an hour. Range [0, 1] as 0..10**7. Source: own tables.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine.curves import Curve
from matching.engine.scale import HALF, SCALE, Ints

ABOVE_FLOOR: Final = Curve(
    (
        (10_000_000, 2_000_000),
        (11_000_000, 4_500_000),
        (12_500_000, 7_000_000),
        (15_000_000, 8_500_000),
        (20_000_000, 10_000_000),
    )
)
"""x: lower end as a multiple of the floor, in 1/10**7."""
IN_MARKET: Final = Curve(
    (
        (-5_000_000, 0),
        (0, 3_000_000),
        (5_000_000, 7_000_000),
        (10_000_000, 9_500_000),
        (15_000_000, 10_000_000),
    )
)
"""x: place in the market band, 0 = its lower end, 10**7 = its upper end."""
TO_WISH: Final = Curve(((5_000_000, 0), (8_000_000, 5_000_000), (10_000_000, 10_000_000)))
"""x: middle of the offer as a share of the wish, in 1/10**7."""
FLOOR_WEIGHT: Final = 3
MARKET_WEIGHT: Final = 3
WISH_WEIGHT: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class PlaceValues:
    """What a place says of pay whoever lives there, one entry a place code, int64.

    weight: of the parts that are there. total: their values times their weights. middle: of the
    offer.
    """

    weight: Ints
    total: Ints
    middle: Ints


def place_values(
    offer_low: Ints, offer_high: Ints, floor: Ints, market_low: Ints, market_high: Ints
) -> PlaceValues:
    """The floor's and the market's part. All amounts 0..10**8; floor and market 0 = none."""
    middle = (offer_low + offer_high) // 2
    narrow = market_low == market_high
    low = np.where(narrow, market_low // 2, market_low)
    high = np.where(narrow, market_high + market_high // 2, market_high)
    parts = (
        (FLOOR_WEIGHT, floor > 0, ABOVE_FLOOR.at(_ratio(offer_low, floor))),
        (MARKET_WEIGHT, market_high > 0, IN_MARKET.at(_ratio(middle - low, high - low))),
    )
    return PlaceValues(
        weight=sum((present * factor for factor, present, _ in parts), np.zeros_like(middle)),
        total=sum((present * factor * value for factor, present, value in parts), np.zeros_like(middle)),
        middle=middle,
    )


def pay_fit(at: PlaceValues, place: npt.NDArray[np.integer], wish: Ints) -> Ints:
    """Fit of m people from their place codes and wishes, 0..10**8; 0 = none."""
    to_wish = TO_WISH.at(_ratio(at.middle.take(place), wish))
    stated = (wish > 0).astype(np.int64) * WISH_WEIGHT
    weight = at.weight.take(place) + stated
    total = at.total.take(place) + stated * to_wish
    fit: Ints = np.where(weight > 0, total // np.maximum(weight, 1), HALF)
    return fit


def _ratio(amount: Ints, of: Ints) -> Ints:
    ratio: Ints = SCALE * amount // np.maximum(of, 1)
    return ratio
