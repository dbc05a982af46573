"""How weights become points: a score taken apart so that a person can add it up again."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.svg.scale import shares
from matching.engine import SCALE, Explanation
from matching.queries.shortlist import ShortlistRow
from matching.words import PART_LABELS

TENTHS = 1000
"""Points are shown in tenths of 100."""


@dataclass(frozen=True, slots=True)
class PartPoints:
    """One part: fit and both weights in per cent, points for each side and for the score; one decimal each."""

    code: str
    label: str
    fit: Decimal
    employer_weight: Decimal
    candidate_weight: Decimal
    employer: Decimal
    candidate: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Points:
    """The parts that count, and their sums: `employer`, `candidate` (each side's score of 100) and `total`.

    `employer_factor` and `candidate_factor` say how much a point of each side adds to the total: 2C²/(E+C)² and
    2E²/(E+C)². The side that scores lower has the greater one.
    """

    parts: tuple[PartPoints, ...]
    employer: Decimal
    candidate: Decimal
    total: Decimal
    employer_factor: Decimal
    candidate_factor: Decimal


def points_of(told: Explanation, row: ShortlistRow | None) -> Points | None:
    """The score taken apart; None where the stored row was made with other weights, so that it would not add up.

    What is shown adds up as shown: the tenths left over by rounding go to the largest remainders.
    """
    fits = [part.fit for part in row.parts] if row else [part.fit for part in told.parts]
    added = [part.contribution for part in row.parts] if row else [part.contribution for part in told.parts]
    sides = (row.employer_score, row.candidate_score) if row else (told.employer_score, told.candidate_score)
    by_employer = [fit * part.employer_weight // SCALE for fit, part in zip(fits, told.parts, strict=True)]
    by_candidate = [fit * part.candidate_weight // SCALE for fit, part in zip(fits, told.parts, strict=True)]
    if (sum(by_employer), sum(by_candidate)) != sides:
        return None
    columns = [
        _tenths([part.employer_weight for part in told.parts]),
        _tenths([part.candidate_weight for part in told.parts]),
        _tenths(by_employer),
        _tenths(by_candidate),
        _tenths(added),
    ]
    rows = [
        PartPoints(str(part.part), str(PART_LABELS[part.part]), _tenth(fit), *figures)
        for part, fit, *figures in zip(told.parts, fits, *columns, strict=True)
        if part.asked
    ]
    first, second = _factors(*sides)
    return Points(tuple(rows), sum(columns[2]), sum(columns[3]), sum(columns[4]), first, second)  # type: ignore[arg-type]


def _factors(employer: int, candidate: int) -> tuple[Decimal, Decimal]:
    both = Decimal(employer + candidate)
    if not both:
        return Decimal(0), Decimal(0)
    return (2 * (candidate / both) ** 2).quantize(Decimal("0.01")), (2 * (employer / both) ** 2).quantize(
        Decimal("0.01")
    )


def _tenth(value: int) -> Decimal:
    return Decimal((value * TENTHS + SCALE // 2) // SCALE) / 10


def _tenths(values: Sequence[int]) -> list[Decimal]:
    return [Decimal(tenths) / 10 for tenths in shares(values, SCALE, TENTHS)]
