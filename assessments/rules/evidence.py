"""What a measurement recorded from evidence must hold."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.enums import RECORDED_BY_PEOPLE
from assessments.rules.policy import LONGEST_VALIDITY_YEARS, add_months

MOST_EVIDENCE_CHARACTERS = 4000


class Flaw(NamedTuple):
    """What is wrong with one field, in the reader's words."""

    field: str
    text: str | Promise


def flaws_of_evidence(
    *,
    language: str | None,
    skill: str | None,
    level: int | None,
    source: str,
    evidence: str,
    measured_on: date,
    expires_on: date,
    today: date,
) -> Iterator[Flaw]:
    """Everything that is wrong; nothing when the measurement may be recorded."""
    if bool(language) == bool(skill):
        yield Flaw("language", _("Choose a language or a skill, one of the two."))
    elif level is None or not 1 <= level <= (6 if language else 3):
        yield Flaw("level", _("A language has a level from A1 to C2, a skill from 1 to 3."))
    if source not in RECORDED_BY_PEOPLE:
        yield Flaw("source", _("Only rated work and a checked certificate are recorded by hand."))
    if not evidence.strip():
        yield Flaw("evidence", _("Say what the evidence is: which certificate or work, and who checked it."))
    elif len(evidence) > MOST_EVIDENCE_CHARACTERS:
        yield Flaw("evidence", _("Keep it under 4,000 characters."))
    if measured_on > today:
        yield Flaw("measured_on", _("The day of the measurement lies in the future."))
    elif expires_on <= measured_on:
        yield Flaw("expires_on", _("The last valid day must come after the day of the measurement."))
    elif expires_on < today:
        yield Flaw("expires_on", _("This would be expired already, so it would never count."))
    elif expires_on > add_months(measured_on, 12 * LONGEST_VALIDITY_YEARS):
        yield Flaw("expires_on", _("A measurement holds for ten years at most."))
