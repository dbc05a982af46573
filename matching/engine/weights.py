"""Published default weights. Change one only together with the engine's version."""

from typing import Final

from matching.engine.parts import PartWeights

EMPLOYER_WEIGHTS: Final = PartWeights(
    language=30, culture=10, time=15, pay=0, skills=25, experience=5, commitment=15
)
"""Starting point of every vacancy; the employer may change them. Pay weighs nothing: what a
person costs never moves them up or down an employer's list."""

CANDIDATE_WEIGHTS: Final = PartWeights(
    language=10, culture=10, time=25, pay=30, skills=10, experience=0, commitment=15
)
"""What a good job is made of, the same for every candidate, published by the platform."""
