"""Weights of employers within the bounds that staff set for a kind of work: pure rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from matching.engine import EMPLOYER_BOUNDS, PARTS, Bounds, Part, PartWeights

ALL_WORK = ""
"""Stands for every kind of work that has no policy of its own."""

USUAL_CHOICE = 2
"""What the editor calls "normally"; its other choices scale a part's usual weight in proportion."""

Policy = Mapping[Part, Bounds]


class PolicyRow(NamedTuple):
    """A stored policy. `occupation` is a code of the vocabulary, or ALL_WORK; later ones have greater keys."""

    key: int
    occupation: str
    valid_from: date
    bounds: Policy


class Clip(NamedTuple):
    """A choice that the bounds did not let through: what it would weigh, and what is counted instead."""

    part: Part
    asked: int
    counted: int


@dataclass(frozen=True, slots=True)
class WeightPolicies:
    """What holds on a day, by occupation; ALL_WORK for all others, the engine's own bounds where nothing is set."""

    rows: Mapping[str, PolicyRow]

    @classmethod
    def on(cls, rows: Iterable[PolicyRow], day: date) -> "WeightPolicies":
        """The latest row of each kind of work that has begun; of rows of the same day the one written last."""
        begun = (row for row in rows if row.valid_from <= day)
        return cls({row.occupation: row for row in sorted(begun, key=lambda row: (row.valid_from, row.key))})

    def row_of(self, occupation: str | None) -> PolicyRow | None:
        """The row that holds for an occupation, None when there is none."""
        return self.rows.get(occupation or ALL_WORK) or self.rows.get(ALL_WORK)

    def of(self, occupation: str | None) -> Policy:
        """Bounds of every part for an occupation; None = not chosen yet."""
        row = self.row_of(occupation)
        return row.bounds if row else EMPLOYER_BOUNDS


NO_POLICIES = WeightPolicies({})


def part_weights(chosen: Mapping[str, int], policy: Policy = EMPLOYER_BOUNDS) -> PartWeights:
    """The employer's weights: the usual ones, each scaled where the employer chose, within the policy's bounds.

    What a person costs never counts for an employer: pay's bounds are 0 to 0. Raises InvalidQuery when all are 0.
    """
    return PartWeights.from_mapping({str(p): policy[p].within(_asked(p, chosen, policy)) for p in PARTS})


def clips(chosen: Mapping[str, int], policy: Policy = EMPLOYER_BOUNDS) -> tuple[Clip, ...]:
    """The choices that the bounds change, in the order of the parts."""
    found = (Clip(p, _asked(p, chosen, policy), policy[p].within(_asked(p, chosen, policy))) for p in PARTS)
    return tuple(clip for clip in found if clip.asked != clip.counted)


def _asked(part: Part, chosen: Mapping[str, int], policy: Policy) -> int:
    return policy[part].usual * chosen.get(part, USUAL_CHOICE) // USUAL_CHOICE
