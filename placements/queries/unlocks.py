"""What each step of a profile opens, counted over the open vacancies."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from candidates.enums import Step
from candidates.models import Candidate
from matching.engine import Gate
from matching.engine.open_facts import LANGUAGE, SKILL
from matching.queries.matches import Found, matches_of

STEP_OF: Final = {
    Gate.LISTED: Step.LISTING,
    Gate.CONTRACT_FORM: Step.WORK,
    Gate.COUNTRY: Step.ABOUT,
    Gate.RIGHT_TO_WORK: Step.ABOUT,
    Gate.LANGUAGE: Step.LANGUAGES,
    Gate.SKILLS: Step.SKILLS,
    Gate.PAY: Step.WORK,
    Gate.HOURS: Step.HOURS,
}
"""Where a person can change what a gate looks at."""

STEP_OF_FACT: Final = {LANGUAGE: Step.LANGUAGES, SKILL: Step.SKILLS}


@dataclass(frozen=True, slots=True)
class StepNumbers:
    """How many open vacancies fail first at what this step says, and how many of them only lack a measured fact."""

    step: Step
    vacancies: int
    near: int


@dataclass(frozen=True, slots=True)
class Unlocks:
    """Open vacancies in all, those whose conditions are all met, and the rest by step, most first."""

    total: int
    met: int
    steps: tuple[StepNumbers, ...]


def unlocks_of(candidate: Candidate, on: date) -> Unlocks:
    """Each vacancy is counted at the first condition that is not met, as matching counts it."""
    found = matches_of(candidate, on)
    steps: Counter[Step] = Counter()
    for gate, vacancies in found.lost.items():
        steps[STEP_OF[gate]] += vacancies
    near = Counter(_step_of(one) for one in found.near)
    steps.update(near)
    lines = tuple(StepNumbers(step, count, near[step]) for step, count in steps.most_common())
    return Unlocks(found.total, len(found.eligible), lines)


def _step_of(near: Found) -> Step:
    """Where the first fact that a near miss lacks is told or measured; a floor to be confirmed is the country's."""
    first = next(iter(near.open_facts), None)
    return STEP_OF_FACT.get(first.kind if first else "", Step.ABOUT)
