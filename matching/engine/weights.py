"""Published default weights and their bounds. Change one only together with the engine's version."""

from dataclasses import dataclass
from typing import Final

from matching.engine.parts import MAX_WEIGHT, Part, PartWeights


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a part counts for an employer: usually, at least and at most; whole numbers 0..1000."""

    usual: int
    least: int
    most: int

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.usual <= self.most <= MAX_WEIGHT:
            raise ValueError(f"bounds have to be ordered, from 0 to {MAX_WEIGHT}: {self}")

    def within(self, weight: int) -> int:
        """The weight itself, or the bound that it passes."""
        return min(max(weight, self.least), self.most)


EMPLOYER_BOUNDS: Final[dict[Part, Bounds]] = {
    Part.LANGUAGE: Bounds(usual=30, least=10, most=60),
    Part.CULTURE: Bounds(usual=10, least=0, most=20),
    Part.TIME: Bounds(usual=15, least=5, most=30),
    Part.PAY: Bounds(usual=0, least=0, most=0),
    Part.SKILLS: Bounds(usual=25, least=10, most=50),
    Part.EXPERIENCE: Bounds(usual=5, least=0, most=10),
    Part.COMMITMENT: Bounds(usual=15, least=5, most=30),
}
"""What holds where staff set nothing else for the kind of work. Pay weighs nothing and can weigh
nothing: what a person costs never moves them up or down an employer's list."""

EMPLOYER_WEIGHTS: Final = PartWeights(**{str(part): each.usual for part, each in EMPLOYER_BOUNDS.items()})
"""The usual weights: the starting point of every vacancy; the employer may change them within the bounds."""

CANDIDATE_WEIGHTS: Final = PartWeights(
    language=10, culture=10, time=25, pay=30, skills=10, experience=0, commitment=15
)
"""What a good job is made of, the same for every candidate, published by the platform."""
