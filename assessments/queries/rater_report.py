"""How each rater compares with the others who rated the same work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import NamedTuple

from assessments.engine.agreement import Agreement, agreement, severity
from assessments.engine.rating import level_of
from assessments.enums import RatingState
from assessments.models import Rater, Rating

REPORT_DAYS = 365
ENOUGH = 20
"""Fewer compared ratings say little about a rater."""
NOTABLE_SEVERITY = 0.5
NOTABLE_KAPPA = 0.6


class _Given(NamedTuple):
    work: int
    rater: int
    mark: float
    month: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A rater in one month: "2026-11", compared ratings, severity in bands."""

    month: str
    compared: int
    severity: float


@dataclass(frozen=True, slots=True)
class RaterRow:
    """One rater: ratings given and those that somebody else's can be compared with; the rest is None without any."""

    rater: Rater
    given: int
    compared: int
    severity: float | None
    agreement: Agreement | None
    months: list[MonthRow]

    @property
    def notable(self) -> bool:
        """Whether somebody should talk with this rater: far from the others on enough work."""
        if self.compared < ENOUGH or self.severity is None or self.agreement is None:
            return False
        kappa = self.agreement.kappa
        return abs(self.severity) > NOTABLE_SEVERITY or (kappa is not None and kappa < NOTABLE_KAPPA)

    @property
    def drift(self) -> float | None:
        """The last month's severity minus the first one's, in bands; None before there are two months."""
        return self.months[-1].severity - self.months[0].severity if len(self.months) > 1 else None


def rater_report(now: datetime, activity: str = "") -> list[RaterRow]:
    """The raters of the last twelve months, who rated most on top. Two queries."""
    found = Rating.objects.filter(
        state=RatingState.GIVEN, given_at__gte=now - timedelta(days=REPORT_DAYS)
    ).order_by("given_at", "pk")
    if activity:
        found = found.filter(work__activity=activity)
    ratings = [
        _Given(work, rater, mark or 0.0, f"{given_at:%Y-%m}")
        for work, rater, mark, given_at in found.values_list("work", "rater", "mark", "given_at")
        if given_at
    ]
    by_work: dict[int, list[_Given]] = defaultdict(list)
    for one in ratings:
        by_work[one.work].append(one)
    own: dict[int, list[_Given]] = defaultdict(list)
    for one in ratings:
        own[one.rater].append(one)
    raters = Rater.objects.select_related("user").in_bulk(own)
    rows = [_row(raters[pk], theirs, by_work) for pk, theirs in own.items()]
    return sorted(rows, key=lambda row: (-row.given, row.rater.pk))


def _row(rater: Rater, theirs: Sequence[_Given], by_work: dict[int, list[_Given]]) -> RaterRow:
    beside = [(one, [other for other in by_work[one.work] if other.rater != rater.pk]) for one in theirs]
    compared = [(one, others) for one, others in beside if others]
    months: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one, others in compared:
        months[one.month].append((one.mark, fmean(other.mark for other in others)))
    levels = [(level_of(one.mark), level_of(other.mark)) for one, others in compared for other in others]
    return RaterRow(
        rater=rater,
        given=len(theirs),
        compared=len(compared),
        severity=severity([pair for pairs in months.values() for pair in pairs]),
        agreement=agreement(levels),
        months=list(_months(months.items())),
    )


def _months(found: Iterable[tuple[str, list[tuple[float, float]]]]) -> Iterable[MonthRow]:
    for month, pairs in sorted(found):
        yield MonthRow(month, len(pairs), severity(pairs) or 0.0)
