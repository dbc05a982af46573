"""Which steps of a profile are done, and what being listed needs."""

from dataclasses import dataclass
from typing import NamedTuple

from candidates.enums import Step

NEEDED_FOR_LISTING = (Step.ABOUT, Step.LANGUAGES, Step.HOURS)


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What is there, fact by fact."""

    named: bool
    country: bool
    zone: bool
    work_right: bool
    languages: bool
    education: bool
    skills: bool
    availability: bool
    hours: bool
    start: bool
    contract_form: bool
    work_style: bool
    listed: bool


class Progress(NamedTuple):
    """Where a profile stands: `done` of `total` steps, the first step that is missing, and all done ones."""

    done: int
    total: int
    next_step: Step | None
    completed: frozenset[Step]


def completed_steps(facts: ProfileFacts) -> frozenset[Step]:
    """The steps whose facts are all there."""
    done = {
        Step.ABOUT: facts.named and facts.country and facts.zone and facts.work_right,
        Step.LANGUAGES: facts.languages,
        Step.BACKGROUND: facts.education,
        Step.SKILLS: facts.skills,
        Step.HOURS: facts.availability and facts.hours,
        Step.WORK: facts.contract_form and facts.start,
        Step.WORK_STYLE: facts.work_style,
        Step.LISTING: facts.listed,
    }
    return frozenset(step for step, complete in done.items() if complete)


def profile_progress(facts: ProfileFacts) -> Progress:
    """Count the steps and name the first one that is missing."""
    completed = completed_steps(facts)
    missing = [step for step in Step if step not in completed]
    return Progress(len(completed), len(Step), missing[0] if missing else None, completed)


def missing_for_listing(facts: ProfileFacts) -> tuple[Step, ...]:
    """The steps that still have to be done before a person can be listed, in their order."""
    completed = completed_steps(facts)
    return tuple(step for step in NEEDED_FOR_LISTING if step not in completed)


def step_after(step: Step) -> Step | None:
    """The step that follows, None after the last."""
    steps = list(Step)
    at = steps.index(step) + 1
    return steps[at] if at < len(steps) else None


def step_before(step: Step) -> Step | None:
    """The step before, None at the first."""
    steps = list(Step)
    at = steps.index(step)
    return steps[at - 1] if at else None
