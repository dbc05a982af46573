"""Fixed-point arithmetic: integers in units of 1/10**7, and the few operations allowed on them.

Only + - x / and the square root are used, on integers, so that a run gives the same bits on
every processor. Bounds are stated where they matter; everything fits in 64-bit integers.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

SCALE: Final = 10**7
"""The fixed-point unit: 1.0 is 10,000,000."""
HALF: Final = SCALE // 2

_SQUARE_LIMIT: Final = 2**62


def integer_sqrt(values: Ints) -> Ints:
    """Floor of the square root, exact, element by element.

    `values`: int64 in [0, 2**62). The floating-point root is off by one at most there, and is
    corrected with integer comparisons, so the result equals `math.isqrt`.
    """
    if values.size and (int(values.min()) < 0 or int(values.max()) >= _SQUARE_LIMIT):
        raise ValueError("integer_sqrt takes values from 0 to 2**62")
    root = np.sqrt(values.astype(np.float64)).astype(np.int64)
    root -= root * root > values
    root += (root + 1) * (root + 1) <= values
    return root


def apportion(weights: tuple[int, ...], total: int = SCALE) -> tuple[int, ...]:
    """Scale whole-number weights so that they add up to `total` exactly.

    Largest remainders get the missing units; ties go to the earlier part. All zero stays zero.
    """
    weight_sum = sum(weights)
    if weight_sum == 0:
        return tuple(0 for _ in weights)
    shares = [weight * total // weight_sum for weight in weights]
    remainders = [weight * total % weight_sum for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda part: (-remainders[part], part))
    for part in by_remainder[: total - sum(shares)]:
        shares[part] += 1
    return tuple(shares)
