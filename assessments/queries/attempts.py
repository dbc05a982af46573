"""All results of one thing, and which of them counts."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assessments.models import Item, Measurement, Session
from assessments.models.measurement import NEWEST_FIRST

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


def to_learn(session: Session, level: int) -> list[str]:
    """What the questions that went wrong, up to one level above the result, ask a person to be able to do: the easiest three.

    In the words of the items' descriptors, which tell nothing about a question. One query.
    """
    missed = Item.objects.filter(
        responses__session=session,
        responses__scored=True,
        responses__correct=False,
        level__lte=level + 1,
    ).order_by("b")
    words = [str(facts.get("can_do", "")) for facts in missed.values_list("descriptor", flat=True)]
    return list(dict.fromkeys(word for word in words if word))[:MOST_TO_LEARN]
