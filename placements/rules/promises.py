"""Until when an answer is promised, and what became of one that was owed."""

from datetime import date

from placements.enums import Answer
from reference.rules.working_days import working_days_after, working_days_before


def promise_date(today: date, days: int, country: str) -> date:
    """`days` working days of the answering side's country after `today`; the promise holds until that day ends."""
    return working_days_after(today, days, country)


def remind_from(promise_on: date, days: int, country: str) -> date:
    """From when on a reminder of it may leave: `days` working days before."""
    return working_days_before(promise_on, days, country)


def given_up_after(promise_on: date, grace: int, country: str) -> date:
    """The last day on which a late answer still counts: `grace` working days after the promise."""
    return working_days_after(promise_on, grace, country)


def became_of(*, owed: str, side: str, today: date, promise_on: date | None) -> Answer | None:
    """What became of the answer that `owed` owed when `side` takes a step on `today`.

    None when nobody owed one, or when somebody else ended it while there was still time: that counts for nobody.
    """
    if not owed or promise_on is None:
        return None
    in_time = today <= promise_on
    if side == owed:
        return Answer.IN_TIME if in_time else Answer.LATE
    return None if in_time else Answer.MISSED
