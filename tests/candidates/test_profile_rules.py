"""When a step is done, what being listed needs, and which pay can be meant."""

from dataclasses import fields
from decimal import Decimal

import pytest

from candidates.enums import Step
from candidates.rules.pay import is_absurd, pay_eur_hour
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


@pytest.mark.parametrize(
    ("amount", "period", "units", "eur"),
    [
        ("9.00", "hour", "1", "9.00"),
        ("72.00", "day", "1", "9.00"),
        ("360.00", "week", "1", "9.00"),
        ("1560.00", "month", "1", "9.00"),
        ("18720.00", "year", "1", "9.00"),
        ("640.00", "hour", "64", "10.00"),
    ],
)
def test_pay_in_euros_an_hour(amount, period, units, eur):
    assert pay_eur_hour(Decimal(amount), period, Decimal(units)) == Decimal(eur)


def test_absurd_pay():
    assert not is_absurd(Decimal("250.00"))
    assert is_absurd(Decimal("250.01"))
