"""When a step is done, and what being listed needs."""

from dataclasses import fields

import pytest

from candidates.enums import Step
from candidates.rules.progress import (
    ProfileFacts,
    completed_steps,
    missing_for_listing,
    profile_progress,
    step_after,
    step_before,
)

NAMES = [field.name for field in fields(ProfileFacts)]


def facts(**there: bool) -> ProfileFacts:
    return ProfileFacts(**{name: there.get(name, False) for name in NAMES})


def all_but(*absent: str) -> ProfileFacts:
    return ProfileFacts(**{name: name not in absent for name in NAMES})


def test_nothing_there():
    assert profile_progress(facts()) == (0, 8, Step.ABOUT, frozenset())


def test_everything_there():
    assert profile_progress(all_but()) == (8, 8, None, frozenset(Step))


@pytest.mark.parametrize(
    ("fact", "step"),
    [
        ("named", Step.ABOUT),
        ("country", Step.ABOUT),
        ("zone", Step.ABOUT),
        ("work_right", Step.ABOUT),
        ("languages", Step.LANGUAGES),
        ("education", Step.BACKGROUND),
        ("skills", Step.SKILLS),
        ("availability", Step.HOURS),
        ("hours", Step.HOURS),
        ("start", Step.WORK),
        ("contract_form", Step.WORK),
        ("work_style", Step.WORK_STYLE),
        ("listed", Step.LISTING),
    ],
)
def test_one_missing_fact_opens_one_step(fact, step):
    assert completed_steps(all_but(fact)) == frozenset(Step) - {step}
    assert profile_progress(all_but(fact))[:3] == (7, 8, step)


def test_every_fact_counts_somewhere():
    assert all(len(completed_steps(all_but(name))) == 7 for name in NAMES)


def test_listing_needs_place_language_and_hours_only():
    assert missing_for_listing(facts()) == (Step.ABOUT, Step.LANGUAGES, Step.HOURS)
    assert missing_for_listing(all_but("education", "skills", "start", "work_style", "listed")) == ()


def test_order_of_steps():
    assert [step_before(Step.ABOUT), step_after(Step.ABOUT)] == [None, Step.LANGUAGES]
    assert [step_before(Step.LISTING), step_after(Step.LISTING)] == [Step.WORK_STYLE, None]
