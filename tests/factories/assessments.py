"""Banks, sessions and measurements.

`BankFactory()` has 40 live items, half reading and half use of language, and two for practice; the key of item n is
n modulo 4. `BankFactory(items=12)` has fewer; trait `judgement` measures a skill, every second item with partial credit;
trait `mixed` has one item of every interaction. `MeasurementFactory(candidate=…, language_id="en", level=4)` was recorded by a
recruiter from a certificate; traits `simulated` and `rated`; `skill_id=` with `language_id=None` for a skill.
`finished_session(candidate, bank, theta=…)` makes a finished test with its measurement.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from assessments.actions.scorecards import record_scorecard
from assessments.engine.levels import STANDARD_CUTS, band
from assessments.enums import (
    Activity,
    BankKind,
    Interaction,
    ItemSkill,
    ItemState,
    MeasurementSource,
    SessionState,
    StoppedBecause,
)
from assessments.models import Bank, Item, Measurement, Scorecard, Session
from assessments.rules.scorecard import Rated
from tests.factories.candidates import CandidateFactory
from tests.factories.traits import Trait

CUTS = list(STANDARD_CUTS)


GRADED: dict[str, Any] = {
    "level": 2,
    "skill": ItemSkill.JUDGEMENT,
    "content": {"credits": [1, 3, 0, 2]},
    "key": 1,
    "steps": [-1.0, 0.0, 1.0],
}
"""An item with partial credit: the options earn 1, 3, 0 and 2."""

INTERACTIONS: dict[str, dict[str, Any]] = {
    Interaction.CHOICE: {"prompt": "Which is a fruit?", "options": ["pear", "chair", "lamp"], "key": 0},
    Interaction.MULTIPLE_CHOICE: {
        "prompt": "Which two are fruits?",
        "options": ["pear", "chair", "lamp", "plum"],
        "key": [0, 3],
        "content": {"choose": 2},
    },
    Interaction.TEXT_ENTRY: {
        "prompt": "The parcel comes ____ Monday, ____ noon.",
        "options": [],
        "key": [["on", "next"], ["at", "before"]],
    },
    Interaction.INLINE_CHOICE: {
        "prompt": "The parcel ____ here, the letters ____ not.",
        "options": [["is", "are"], ["is", "are", "am"]],
        "key": [0, 1],
        "steps": [-0.5, 0.5],
    },
    Interaction.ORDER: {
        "prompt": "Put the call in order.",
        "options": ["Thank them", "Greet them", "Help them", "Ask what they need"],
        "key": [1, 3, 2, 0],
        "steps": [-1.0, 0.0, 1.0],
    },
    Interaction.MATCH: {
        "prompt": "Who gets which answer?",
        "options": ["Refund", "New parcel", "Nothing"],
        "key": [1, 0],
        "content": {"rows": ["It never came", "It came and I do not want it"]},
    },
}
"""One question of every kind."""


class ItemFactory(DjangoModelFactory):
    """A live item; trait `practice`."""

    class Meta:
        model = Item

    class Params:
        number = factory.Sequence(int)
        practice = Trait(state=ItemState.PRACTICE)

    code = factory.LazyAttribute(lambda made: f"{made.bank.code[:16]}-{made.number:05d}")
    level = 3
    skill = factory.LazyAttribute(lambda made: ("reading", "use_of_language")[made.number % 2])
    topic = "orders"
    text = factory.LazyAttribute(
        lambda made: f"Order {made.number} is on its way." if made.number % 2 == 0 else ""
    )
    prompt = factory.LazyAttribute(lambda made: f"Where ____ order {made.number} now?")
    options = factory.LazyAttribute(
        lambda made: [f"{word} {made.number}" for word in ("be", "is", "are", "were")]
    )
    key = factory.LazyAttribute(lambda made: made.number % 4)
    rationale = "One order takes the form for one."
    descriptor = factory.LazyFunction(
        lambda: {"scale": "Grammatical accuracy", "level": "B1", "can_do": "Can use common forms of to be."}
    )
    a = 1.5
    b = 0.0
    parameters_source = "expert prior"


class BankFactory(DjangoModelFactory):
    """A bank of English with `items` live items from b = -4.8 to 4.8."""

    class Meta:
        model = Bank
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"bank-{n}")
    language_id = "en"
    written_in_id = factory.LazyAttribute(lambda made: made.language_id or "en")
    name = "A bank"
    version = "1"
    cuts = factory.LazyFunction(lambda: list(CUTS))
    max_items = 30
    valid_months = 24

    class Params:
        judgement = Trait(
            kind=BankKind.SERVICE_JUDGEMENT,
            language_id=None,
            skill_id="complaint_handling",
            cuts=[-1.0, 1.0],
            min_items=10,
            max_items=10,
        )
        mixed = Trait(judgement=True, items=0, min_items=6, max_items=6, interactions=True)

    @classmethod
    def _create(cls, model_class: type[Bank], *args: Any, **kwargs: Any) -> Bank:
        items, every = kwargs.pop("items", 40), kwargs.pop("interactions", False)
        bank: Bank = super()._create(model_class, *args, **kwargs)
        step = 9.6 / max(items - 1, 1)
        graded = {} if bank.language_id else GRADED
        made = [
            ItemFactory.build(
                bank=bank, number=number, b=-4.8 + number * step, **(graded if number % 2 else {})
            )
            for number in range(items)
        ]
        for number, (interaction, facts) in enumerate(INTERACTIONS.items() if every else ()):
            made.append(
                ItemFactory.build(
                    bank=bank,
                    number=2 * number,
                    text="",
                    interaction=interaction,
                    topic=f"t{number}",
                    level=2,
                    skill=ItemSkill.JUDGEMENT,
                    **facts,
                )
            )
        for number in range(2 if items else 0):
            made.append(ItemFactory.build(bank=bank, number=90_000 + number, practice=True))
        Item.objects.bulk_create(made)
        return bank


class MeasurementFactory(DjangoModelFactory):
    """A measured language or skill, from a certificate unless a trait says otherwise."""

    class Meta:
        model = Measurement

    class Params:
        simulated = Trait(source=MeasurementSource.SIMULATED, evidence="", theta=0.8, standard_error=0.56)
        rated = Trait(source=MeasurementSource.RATED_WORK, evidence="Ten answers read by two people.")

    candidate = factory.SubFactory(CandidateFactory)
    language_id = "en"
    activity = factory.LazyAttribute(lambda made: Activity.READING_AND_USE if made.language_id else "")
    level = 4
    source = MeasurementSource.CERTIFICATE
    evidence = "Certificate 12, seen by staff."
    measured_on = date(2026, 11, 1)
    expires_on = date(2028, 11, 1)
    recorded_at = factory.LazyAttribute(
        lambda made: datetime.combine(made.measured_on, datetime.min.time(), UTC)
    )


def finished_session(
    candidate: Any,
    bank: Bank,
    *,
    theta: float = 0.8,
    standard_error: float = 0.56,
    at: datetime | None = None,
) -> Session:
    """A test taken by `candidate`, finished at `at` (now when None), with its measurement."""
    at = at or timezone.now()
    session = Session.objects.create(
        candidate=candidate,
        bank=bank,
        state=SessionState.FINISHED,
        seed=1,
        parameters={},
        cuts=bank.cuts,
        started_at=at - timedelta(minutes=25),
        finished_at=at,
        stopped_because=StoppedBecause.LENGTH,
        theta=theta,
        standard_error=standard_error,
    )
    MeasurementFactory(
        candidate=candidate,
        language_id=bank.language_id,
        skill_id=bank.skill_id,
        level=band(theta, bank.cuts),
        theta=theta,
        standard_error=standard_error,
        source=MeasurementSource.ADAPTIVE_TEST,
        evidence="",
        session=session,
        measured_on=at.date(),
        expires_on=at.date() + timedelta(days=730),
        recorded_at=at,
    )
    return session


def scorecard(
    candidate: Any,
    *,
    employer: Any,
    by: Any,
    ratings: dict[str, int] | None = None,
    now: datetime | None = None,
) -> Scorecard:
    """An interview of today that was rated; of an employer, or of a recruiter when that is None."""
    now = now or timezone.now()
    rated = {"listening": 4, "motivation": 3} if ratings is None else ratings
    return record_scorecard(
        candidate=candidate,
        employer=employer,
        key=uuid4(),
        interviewed_on=now.date(),
        ratings={
            code: Rated(rating, f"Told about {code} in a whole story.") for code, rating in rated.items()
        },
        by=by,
        now=now,
    )
