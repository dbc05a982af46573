"""All results of one thing, and which of them counts."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext

from assessments.models import Item, Measurement, Session
from assessments.models.measurement import NEWEST_FIRST
from assessments.rules.descriptors import CAN_DO

AttemptState = Literal["counts", "older", "expired", "revoked"]

MOST_TO_LEARN = 3


@dataclass(frozen=True, slots=True)
class Attempt:
    """One result and why it counts or not."""

    measurement: Measurement
    state: AttemptState


def attempts_of(measurement: Measurement, on: date) -> list[Attempt]:
    """Every result of the same person in the same language and activity, or skill: the newest first. One query.

    The newest one that is neither taken back nor expired counts.
    """
    rows = (
        Measurement.objects.filter(
            candidate=measurement.candidate_id,
            language=measurement.language_id,
            skill=measurement.skill_id,
            activity=measurement.activity,
        )
        .select_related("language", "skill")
        .order_by(*NEWEST_FIRST)
    )
    found: list[Attempt] = []
    counted = False
    for row in rows:
        state: AttemptState = "older"
        if row.revoked_at:
            state = "revoked"
        elif row.expires_on < on:
            state = "expired"
        elif not counted:
            state, counted = "counts", True
        found.append(Attempt(row, state))
    return found


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something to learn, in the reader's language where the product has it; `language` of the words, "" for the reader's."""

    words: str
    language: str = ""


def to_learn(session: Session, level: int) -> list[Lesson]:
    """What the questions that went wrong, up to one level above the result, ask a person to be able to do: the easiest three.

    In the words of the items' descriptors, which tell nothing about a question. Those that staff wrote into an item
    stand there as they are. One query.
    """
    missed = Item.objects.filter(
        responses__session=session,
        responses__scored=True,
        responses__correct=False,
        level__lte=level + 1,
    ).order_by("b")
    words = [str(facts.get("can_do", "")) for facts in missed.values_list("descriptor", flat=True)]
    first = list(dict.fromkeys(word for word in words if word))[:MOST_TO_LEARN]
    return [Lesson(gettext(one)) if one in CAN_DO else Lesson(one, "en") for one in first]
