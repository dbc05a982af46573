"""Where an appeal of a rated result stands."""

from dataclasses import dataclass
from datetime import date

from assessments.enums import RatingRound, RatingState
from assessments.models import Appeal, Rater


@dataclass(frozen=True, slots=True)
class AppealStanding:
    """Of the `wanted` ratings of an appeal so many are `given`, so many `held` now, and `free` to be taken.

    `able`: people who rate the language and never had this work. `overdue`: the promised day has passed.
    """

    wanted: int
    given: int
    held: int
    able: int
    overdue: bool

    @property
    def free(self) -> int:
        """Ratings that somebody still has to take."""
        return max(self.wanted - self.given - self.held, 0)

    @property
    def stuck(self) -> bool:
        """Whether there are too few people for the ratings that are still to be taken."""
        return self.able < self.free


def is_overdue(appeal: Appeal, today: date) -> bool:
    """Whether the promised day has passed without an outcome."""
    return not appeal.outcome and appeal.due_on < today


def standing_of(appeal: Appeal, today: date) -> AppealStanding:
    """Two queries."""
    work = appeal.work
    rounds = work.ratings.filter(round=RatingRound.APPEAL).values_list("state", flat=True)
    states = list(rounds)
    raters = Rater.objects.filter(active=True, languages=work.language_id, user__is_active=True)
    return AppealStanding(
        wanted=work.raters_wanted,
        given=states.count(RatingState.GIVEN),
        held=states.count(RatingState.TAKEN),
        able=raters.exclude(ratings__in=work.ratings.exclude(state=RatingState.LAPSED)).count(),
        overdue=is_overdue(appeal, today),
    )
