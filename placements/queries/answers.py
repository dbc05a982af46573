"""How reliably employers answer: counted from the log, over an index of nothing but answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from employers.models import Employer
from placements.enums import Answer, Side
from placements.models import ApplicationLog

LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class AnswerRate:
    """Answers that an employer owed and whose time is over, in the last twelve months."""

    answered: int = 0
    """Given, in time or late."""
    in_time: int = 0
    total: int = 0

    @property
    def share(self) -> float | None:
        """Those in time of all, 0–1; None before there was any."""
        return self.in_time / self.total if self.total else None


def answer_rate(employer: Employer, now: datetime) -> AnswerRate:
    """Of one employer; one query."""
    return answer_rates([employer.pk], now).get(employer.pk, AnswerRate())


def answer_rates(employers: Iterable[int], now: datetime) -> dict[int, AnswerRate]:
    """Of several employers (ids) that owed any answer; one query."""
    rows = (
        ApplicationLog.objects.filter(employer__in=list(employers), answer_of=Side.EMPLOYER)
        .filter(at__gt=now - LOOKED_BACK, at__lte=now)
        .values_list("employer_id", "answer")
        .annotate(n=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = {}
    for employer, answer, n in rows.order_by():
        counts.setdefault(employer, {})[answer] = n
    return {employer: _rate(found) for employer, found in counts.items()}


def _rate(found: dict[str, int]) -> AnswerRate:
    in_time = found.get(Answer.IN_TIME, 0)
    return AnswerRate(in_time + found.get(Answer.LATE, 0), in_time, sum(found.values()))
