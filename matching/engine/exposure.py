"""How evenly people are shown: pure figures over how often each one is.

References: C. Gini (1912), Variabilità e mutabilità. The discrete form is that of F. A. Cowell (2000), Measurement of
inequality, in A. B. Atkinson and F. Bourguignon (eds.), Handbook of Income Distribution, 87-166.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matching.engine.scale import Ints


@dataclass(frozen=True, slots=True)
class Spread:
    """people: how many; never: how many of them are shown nowhere; shown: times they are shown altogether.

    gini: 0 (everybody equally often) up to 1 - 1/people, None without people. distribution: people shown 0, 1, 2, …
    times, the last one not 0; empty without people.
    """

    people: int
    never: int
    shown: int
    gini: Fraction | None
    distribution: tuple[int, ...]

    @property
    def never_share(self) -> Fraction | None:
        """Share of the people who are shown nowhere, None without people."""
        return Fraction(self.never, self.people) if self.people else None


def gini(times: Ints) -> Fraction | None:
    """Gini coefficient of counts int64 (n,), exact: the sum of (2i - n - 1)·xᵢ over n·(sum of xᵢ), x ascending, i from 1.

    None for nobody; 0 when nobody is shown at all. Counts from 0 with n·(sum of xᵢ) below 2⁶³; raises ValueError for
    others.
    """
    n, total = len(times), sum(times.tolist())
    if n == 0:
        return None
    if int(times.min()) < 0 or n * total >= 2**63:
        raise ValueError("gini takes counts from 0, with n times their sum below 2**63")
    if total == 0:
        return Fraction(0)
    places = 2 * np.arange(1, n + 1, dtype=np.int64) - n - 1
    return Fraction(int(places @ np.sort(times)), n * total)


def spread(times: Ints) -> Spread:
    """The figures of how often each person is shown, int64 (n,), 0 for those who never are."""
    counted = gini(times)
    distribution = np.bincount(times) if len(times) else np.zeros(0, dtype=np.int64)
    return Spread(
        people=len(times),
        never=int((times == 0).sum()),
        shown=int(times.sum()),
        gini=counted,
        distribution=tuple(distribution.tolist()),
    )
