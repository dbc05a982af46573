"""What an employer is told of the bench: the counts of `preview`, so that none of them tells one person.

They are rounded as `common.crowds` does. docs/what-if.md says why, and what remains possible.
"""

from dataclasses import dataclass, replace
from typing import Any

from common.crowds import CROWD, at_least, at_least_more, told_falls
from employers.models import Employer
from matching.engine import GATES, Gate
from matching.queries.compiled import Team
from matching.queries.known import Known
from matching.queries.what_if import Preview, Price, preview
from vacancies.content import VersionContent


@dataclass(frozen=True, slots=True)
class Told:
    """Counts in multiples of `CROWD`, where 0 stands for fewer than that.

    `falls`: people lost at each gate that is judged, in order; `everyone` minus these is `eligible`. `histogram`: as in
    `WhatIf`. `prices`: `eligible` and `more` are rounded; what brings most first, equals by gate, kind and details.
    """

    everyone: int
    falls: dict[Gate, int]
    eligible: int
    histogram: tuple[int, ...]
    prices: tuple[Price, ...]
    open_gates: tuple[Gate, ...]
    needed: dict[str, str]
    below_floor: tuple[str, ...]


def told(content: VersionContent, employer: Employer, known: Known) -> Told:
    """The bench for an employer (with `staff` prefetched), without those who keep away from it. No database query."""
    return rounded(preview(content, Team.of(employer), known, crowd=CROWD))


def rounded(found: Preview) -> Told:
    """The same counts, none of which tells one person."""
    fall = found.found.waterfall
    lost = {gate: count for gate, count in fall.by_gate().items() if gate not in found.open_gates}
    everyone, falls, eligible = told_falls(fall.everyone, list(lost.values()))
    prices = [_rounded(price, eligible) for price in found.prices]
    return Told(
        everyone=everyone,
        falls=dict(zip(lost, falls, strict=True)),
        eligible=eligible,
        histogram=tuple(at_least(people) for people in found.found.histogram),
        prices=tuple(sorted(prices, key=_order)),
        open_gates=found.open_gates,
        needed=found.needed,
        below_floor=found.below_floor,
    )


def _rounded(price: Price, eligible: int) -> Price:
    """Counted from what was said of the vacancy itself, so that the two never differ by one person's doing."""
    more = at_least_more(price.more)
    if price.more < 0:
        return replace(price, more=more, eligible=at_least(price.eligible))
    return replace(price, more=more, eligible=eligible + more)


def _order(price: Price) -> tuple[Any, ...]:
    """Equals by what they are, never by the exact counts behind them."""
    details = sorted((key, str(value)) for key, value in price.details.items())
    return -price.more, GATES.index(price.gate), price.kind, details
