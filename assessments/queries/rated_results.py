"""What ratings say: about a result, and about the raters of one activity."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.engine.rating import level_of, settled
from assessments.enums import RatingState
from assessments.models import Rating, Work
from assessments.queries.standings import Ladder
from assessments.rules.rubrics import RUBRICS, Criterion
from reference.enums import CEFRLevel

RECENT_RATINGS = 2_000
"""From so many of the last ratings it is worked out how far raters differ."""


def marks_of_recent_works(activity: str) -> list[list[float]]:
    """Marks of the works of an activity that were rated last, by work and round."""
    rows = (
        Rating.objects.filter(state=RatingState.GIVEN, work__activity=activity)
        .order_by("-given_at", "-pk")
        .values_list("work", "round", "mark")[:RECENT_RATINGS]
    )
    found: dict[tuple[int, int], list[float]] = {}
    for work, number, mark in rows:
        found.setdefault((work, number), []).append(mark or 0.0)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion of a result: its level, what that means, and what comes next ("" at C2)."""

    criterion: Criterion
    level: str
    anchor: str
    next_anchor: str


def counting_ratings(work: Work) -> list[Rating]:
    """The ratings that the present result was made from."""
    appeal = getattr(work, "appeal", None)
    corrected = appeal is not None and appeal.outcome == "corrected"
    return list(work.ratings.filter(state=RatingState.GIVEN, round=2 if corrected else 1).order_by("pk"))


def criterion_results(work: Work, ratings: Sequence[Rating]) -> list[CriterionResult]:
    """Each criterion by the same rule as the whole: mean of two, median of three, nearest level."""
    found = []
    for criterion in RUBRICS[work.activity].criteria:
        level = level_of(settled([float(rating.levels[criterion.code]) for rating in ratings]))
        following = criterion.anchor(level + 1) if level < CEFRLevel.C2 else ""
        found.append(
            CriterionResult(criterion, CEFRLevel(level).label, str(criterion.anchor(level)), str(following))
        )
    return found


def rated_ladder(value: float, margin: float) -> Ladder:
    """A value in bands (A1 = 1 … C2 = 6) on the ladder from 0 (foot of A1) to 6 (top of C2)."""

    def place(bands: float) -> float:
        return min(max(bands - 0.5, 0.0), 6.0)

    return Ladder(
        level=CEFRLevel(level_of(value)).label,
        position=place(value),
        low=place(value - margin),
        high=place(value + margin),
    )
