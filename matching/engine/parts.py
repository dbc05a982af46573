"""The parts of a score, in their fixed order, and weights for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final, Self

from matching.engine.errors import InvalidQuery

MAX_WEIGHT: Final = 1000


class Part(StrEnum):
    """A part of the score. The order is the order of every fits and contributions matrix."""

    LANGUAGE = "language"
    CULTURE = "culture"
    TIME = "time"
    PAY = "pay"
    SKILLS = "skills"
    EXPERIENCE = "experience"
    COMMITMENT = "commitment"


PARTS: Final = tuple(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWeights:
    """Relative weights, whole numbers 0..1000; only their proportions matter. Not all zero."""

    language: int = 0
    culture: int = 0
    time: int = 0
    pay: int = 0
    skills: int = 0
    experience: int = 0
    commitment: int = 0

    def __post_init__(self) -> None:
        for part, weight in zip(PARTS, self, strict=True):
            if isinstance(weight, bool) or not isinstance(weight, int):
                raise InvalidQuery(f"weights.{part}", "must be a whole number")
            if not 0 <= weight <= MAX_WEIGHT:
                raise InvalidQuery(f"weights.{part}", f"must be from 0 to {MAX_WEIGHT}")
        if not any(self):
            raise InvalidQuery("weights", "add up to zero: at least one part has to count")

    def __iter__(self) -> Iterator[int]:
        return (getattr(self, one.name) for one in fields(self))

    @classmethod
    def from_mapping(cls, weights: Mapping[str, int]) -> Self:
        """From {"language": 30, ...}; parts left out weigh 0. Raises `InvalidQuery`."""
        unknown = sorted(set(weights) - set(PARTS))
        if unknown:
            raise InvalidQuery("weights", f"{unknown[0]!r} is not a part of the score")
        return cls(**{str(part): weight for part, weight in weights.items()})
