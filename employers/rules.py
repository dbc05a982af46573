"""What a company's facts have to agree on."""

from collections.abc import Iterable


def staff_exceeds_headcount(headcount: int, people: Iterable[int]) -> bool:
    """Whether the people counted by country are more than the company has."""
    return sum(people) > headcount
