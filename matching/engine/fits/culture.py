"""Culture fit: `w * organisation + (1 - w) * locality`; weight 0 unless the employer asks.

organisation = 1 - sqrt(sum d**2 / (k * 12**2)) over the k work-style scales that both the person
    and the team answered, d the difference of two answers 0..12; 1/2 when there is none.
locality = mean of the team's and the customers' halves (one half alone when only it is given);
    a half is the weighted mean over its countries of EVIDENCE: how at home the person is there.
    Having lived or worked there and having passed its etiquette test both reach the maximum.
1 - w = `locality_share`: how much the national side weighs, from the employer's make-up
    (`locality_share()`). Only locality asked: w = 0. Only organisation asked: w = 1.

Never from nationality, birthplace, name or ethnicity: the pool does not know them.
Range [0, 1] as 0..10**7. Source of the distance: root mean square; of the tables: own.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from matching.engine import columns as spec
from matching.engine.curves import Curve
from matching.engine.scale import HALF, SCALE, Ints, integer_sqrt

_SERVED: Final = 6_000_000
_C1: Final = 4_000_000
_SERVED_AND_C1: Final = 8_500_000


def _evidence_value(bits: int) -> int:
    if bits & (spec.LIVED_OR_WORKED | spec.ETIQUETTE_PASSED):
        return SCALE
    served, speaks = bits & spec.SERVED_CUSTOMERS, bits & spec.LANGUAGE_C1
    if served and speaks:
        return _SERVED_AND_C1
    return _SERVED if served else (_C1 if speaks else 0)


EVIDENCE: Final = tuple(_evidence_value(bits) for bits in range(16))
"""Value of each combination of the evidence bits."""

SMALLNESS: Final = Curve(
    (
        (10, 10_000_000),
        (25, 9_000_000),
        (50, 8_000_000),
        (100, 7_000_000),
        (250, 5_500_000),
        (500, 4_500_000),
        (1000, 3_500_000),
        (2000, 2_500_000),
    )
)
"""How small a company of that many people counts."""
MOST_LOCALITY: Final = 8_000_000


def locality_share(staff_by_country: Sequence[int]) -> int:
    """1 - w, 0..10**7: how much locality weighs, from the number of staff in each country.

    0.8 * SMALLNESS(people) * concentration, with concentration = sum over the countries of
    (share of staff) ** 2: 1 for one nation, toward 0 for many equal ones.
    Raises ValueError without staff or with a negative number.
    """
    people = sum(staff_by_country)
    if people < 1 or min(staff_by_country) < 0:
        raise ValueError("staff by country must be whole numbers with at least one person")
    squares = sum(number * number for number in staff_by_country)
    concentration = SCALE * squares // (people * people)
    small = int(SMALLNESS.at(np.array([min(people, 2000)], dtype=np.int64))[0])
    return MOST_LOCALITY * small // SCALE * concentration // SCALE


def organisation_value(answers: npt.NDArray[np.integer], team: Sequence[int]) -> Ints:
    """Likeness of work styles. `answers`: (m, 8), 0..12 or -1; `team`: 8 values, same range.

    The eight scales of a person are eight bytes of one word: squares (at most 144) are added up
    within it, and the likeness is looked up by (scales both know, sum of squares).
    """
    mine = np.ascontiguousarray(answers, dtype=np.int8)
    wanted = np.array(team, dtype=np.int8)
    both = (mine >= 0) & (wanted >= 0)
    differences = (mine - wanted) * both
    squares = (differences * differences).view(np.uint64).reshape(-1)
    known = (both.view(np.uint64).reshape(-1) * _EACH_BYTE) >> np.uint64(56)
    pairs = (squares & _EVEN_BYTES) + ((squares >> np.uint64(8)) & _EVEN_BYTES)
    total = (pairs * _EACH_PAIR) >> np.uint64(48)
    return _LIKENESS.take((known * np.uint64(_SQUARES) + total).view(np.int64))


def _likeness() -> Ints:
    """1 - distance for each number of known scales 0..8 and each sum of squares."""
    squares = np.arange(_SQUARES, dtype=np.int64)
    tables = [np.full(_SQUARES, HALF, dtype=np.int64)]
    for known in range(1, spec.WORK_STYLE_SCALES + 1):
        distance = integer_sqrt(SCALE * SCALE * squares // (spec.WORK_STYLE_TOP**2 * known))
        tables.append(np.maximum(SCALE - distance, 0))
    return np.concatenate(tables)


_SQUARES: Final = spec.WORK_STYLE_SCALES * spec.WORK_STYLE_TOP**2 + 1
_EACH_BYTE: Final = np.uint64(0x0101010101010101)
_EACH_PAIR: Final = np.uint64(0x0001000100010001)
_EVEN_BYTES: Final = np.uint64(0x00FF00FF00FF00FF)
_LIKENESS: Final = _likeness()


def evidence_value(bits: npt.NDArray[np.integer]) -> Ints:
    """Value of evidence bits, 0..15."""
    return np.array(EVIDENCE, dtype=np.int64).take(bits)


def culture_fit(organisation: Ints | None, locality: Ints | None, share: int) -> Ints:
    """Both sides put together; None = not asked. `share`: 1 - w, 0..10**7."""
    if locality is None:
        if organisation is None:
            raise ValueError("culture is not asked")
        return organisation
    if organisation is None:
        return locality
    fit: Ints = ((SCALE - share) * organisation + share * locality) // SCALE
    return fit
