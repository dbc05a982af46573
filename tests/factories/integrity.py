"""Integrity flags and confirmation tests.

`FlagFactory(session__candidate=…, session__bank=…)` asks a person to look at a finished test; trait `decided`.
`ConfirmationFactory(candidate=…, bank=…)` asks for the confirmation of a test that `candidate` finished.
"""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from assessments.enums import FlagDecision, FlagReason, FlagState
from assessments.models import ConfirmationTest, IntegrityFlag, Session
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, finished_session
from tests.factories.candidates import CandidateFactory
from tests.factories.traits import Trait


class FinishedSessionFactory(DjangoModelFactory):
    """A test that was finished, with its measurement: B2 unless `theta` says otherwise."""

    class Meta:
        model = Session

    candidate = factory.SubFactory(CandidateFactory)
    bank = factory.SubFactory(BankFactory)

    @classmethod
    def _create(cls, model_class: type[Session], *args: Any, **kwargs: Any) -> Session:
        return finished_session(kwargs.pop("candidate"), kwargs.pop("bank"), **kwargs)


class FlagFactory(DjangoModelFactory):
    """Many right answers came too soon, and nobody has looked yet."""

    class Meta:
        model = IntegrityFlag

    class Params:
        decided = Trait(
            state=FlagState.DECIDED,
            decision=FlagDecision.NOTHING,
            decision_reason="A quick reader.",
            decided_by=factory.SubFactory(UserFactory),
            decided_at=factory.LazyFunction(timezone.now),
        )

    session = factory.SubFactory(FinishedSessionFactory)
    reason = FlagReason.QUICK_RIGHT
    facts = factory.LazyFunction(lambda: {"quick_right": 14, "answered": 30})
    raised_at = factory.LazyFunction(timezone.now)


class ConfirmationFactory(DjangoModelFactory):
    """A confirmation test that waits for the person."""

    class Meta:
        model = ConfirmationTest

    class Params:
        candidate = factory.SubFactory(CandidateFactory)
        bank = factory.SubFactory(BankFactory)
        theta = 0.8

    measurement = factory.LazyAttribute(
        lambda made: (
            finished_session(made.candidate, made.bank, theta=made.theta, standard_error=0.4).measurement
        )
    )
    asked_by = factory.SubFactory(UserFactory, staff=True)
    asked_at = factory.LazyFunction(timezone.now)
