"""Whether a short second test confirms a level."""

from math import hypot
from typing import Final, NamedTuple

from assessments.enums import SessionKind

FEWEST_ITEMS: Final = 8
MOST_ITEMS: Final = 10
"""Length of a confirmation test."""

Z_95_ONE_SIDED: Final = 1.6448536269514722
"""Of 100 honest people about 5 are asked to look although nothing is amiss."""


class Length(NamedTuple):
    """Fewest and most items of a session."""

    fewest: int
    most: int


def length_of(kind: str, fewest: int, most: int) -> Length:
    """The length of a session of that kind, where the bank's own is `fewest` to `most`."""
    if kind == SessionKind.CONFIRMATION:
        return Length(min(FEWEST_ITEMS, most), min(MOST_ITEMS, most))
    return Length(fewest, most)


class Comparison(NamedTuple):
    """`difference`: how far the first ability lies above the second; `allowed`: the most that counts as chance. Logits."""

    difference: float
    allowed: float

    @property
    def confirms(self) -> bool:
        """Whether the second result is no more below the first than chance explains. A higher one always confirms."""
        return self.difference <= self.allowed


def compare(theta: float, standard_error: float, theta_again: float, error_again: float) -> Comparison:
    """difference = theta - theta_again, allowed = 1.645 sqrt(standard_error² + error_again²).

    The one-sided test of two independent normal estimates (a z test of change, as in Finkelman, Weiss and Kim-Kang 2010).
    """
    return Comparison(theta - theta_again, Z_95_ONE_SIDED * hypot(standard_error, error_again))
