"""How weights become points: a score taken apart so that a person can add it up again."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from common.svg.scale import shares
from matching.engine import SCALE, Explanation, PartOutcome
from matching.queries.shortlist import ShortlistRow
from matching.words import PART_LABELS

HUNDREDTHS = 10_000
"""Fits, weights and points are shown in hundredths of 100."""
CENT = Decimal("0.01")
FACTOR = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class PartPoints:
    """One part: fit and both weights in per cent, points for each side and for the score; two decimals each.

    Points are worked out from the figures shown: fit × weight, and each side's points × its factor.
    """

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
    2E²/(E+C)² to four decimals. The side that scores lower has the greater one. `rounding` is what the parts'
    points as shown lack (or exceed) in each of the three sums: employer, candidate, total.
    """

    parts: tuple[PartPoints, ...]
    employer: Decimal
    candidate: Decimal
    total: Decimal
    employer_factor: Decimal
    candidate_factor: Decimal
    rounding: tuple[Decimal, Decimal, Decimal]

    @property
    def rounded(self) -> bool:
        """Whether any sum differs from what its column adds up to."""
        return any(self.rounding)


def points_of(told: Explanation, row: ShortlistRow | None) -> Points | None:
    """The score taken apart; None where the stored row was made with other weights, so that it would not add up.

    Every row is right as it is shown; what rounding leaves over is a line of its own.
    """
    fits = [part.fit for part in row.parts] if row else [part.fit for part in told.parts]
    added = [part.contribution for part in row.parts] if row else [part.contribution for part in told.parts]
    sides = (row.employer_score, row.candidate_score) if row else (told.employer_score, told.candidate_score)
    by_employer = [fit * part.employer_weight // SCALE for fit, part in zip(fits, told.parts, strict=True)]
    by_candidate = [fit * part.candidate_weight // SCALE for fit, part in zip(fits, told.parts, strict=True)]
    if (sum(by_employer), sum(by_candidate)) != sides:
        return None
    first, second = _factors(*sides)
    weights = zip(
        _hundredths([part.employer_weight for part in told.parts]),
        _hundredths([part.candidate_weight for part in told.parts]),
        strict=True,
    )
    rows = tuple(
        _row(part, _hundredth(fit), of_both, (first, second))
        for part, fit, of_both in zip(told.parts, fits, weights, strict=True)
        if part.asked
    )
    sums = (_hundredth(sides[0]), _hundredth(sides[1]), _hundredth(sum(added)))
    shown = (
        sum((row.employer for row in rows), Decimal(0)),
        sum((row.candidate for row in rows), Decimal(0)),
        sum((row.points for row in rows), Decimal(0)),
    )
    left = (sums[0] - shown[0], sums[1] - shown[1], sums[2] - shown[2])
    return Points(rows, *sums, first, second, left)


def _row(
    part: PartOutcome, fit: Decimal, weights: tuple[Decimal, Decimal], factors: tuple[Decimal, Decimal]
) -> PartPoints:
    employer, candidate = (_to_cent(fit * weight / 100) for weight in weights)
    points = _to_cent(employer * factors[0] + candidate * factors[1])
    return PartPoints(str(part.part), str(PART_LABELS[part.part]), fit, *weights, employer, candidate, points)


def _factors(employer: int, candidate: int) -> tuple[Decimal, Decimal]:
    both = Decimal(employer + candidate)
    if not both:
        return Decimal(0), Decimal(0)
    first, second = 2 * (candidate / both) ** 2, 2 * (employer / both) ** 2
    return first.quantize(FACTOR, ROUND_HALF_UP), second.quantize(FACTOR, ROUND_HALF_UP)


def _to_cent(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _hundredth(value: int) -> Decimal:
    return Decimal((value * HUNDREDTHS + SCALE // 2) // SCALE) / 100


def _hundredths(values: Sequence[int]) -> list[Decimal]:
    return [Decimal(steps) / 100 for steps in shares(values, SCALE, HUNDREDTHS)]
