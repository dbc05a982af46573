"""What a company's facts have to agree on, and how it may invite people."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

INVITATION_VALID: Final = timedelta(days=7)
INVITATIONS_A_DAY: Final = 20


def staff_exceeds_headcount(headcount: int, people: Iterable[int]) -> bool:
    """Whether the people counted by country are more than the company has."""
    return sum(people) > headcount
