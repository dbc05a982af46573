"""Appending measurements, of tests and from evidence, and taking one back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from assessments.enums import Activity
from assessments.models import Measurement
from assessments.rules.evidence import Flaw, flaws_of_evidence
from candidates.actions.change import note_change
from candidates.actions.errors import ProfileGone
from candidates.actions.saving import hold_profile
from candidates.models import Candidate
from reference.models import Language, Skill


class UnableToRecord(Exception):
    """The measurement cannot be recorded; `flaws` say why, field by field."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("; ".join(f"{flaw.field}: {flaw.text}" for flaw in flaws))
        self.flaws = flaws


class UnableToRevoke(Exception):
    """Somebody revoked it before, or no reason was given."""


@transaction.atomic
def append_measurement(*, candidate: Candidate, now: datetime, **facts: Any) -> Measurement:
    """Append what a test found, and tell matching. `facts`: the other fields; a language is of reading and use by default."""
    (measurement,) = append_measurements(candidate=candidate, now=now, found=[facts])
    return measurement


@transaction.atomic
def append_measurements(
    *, candidate: Candidate, now: datetime, found: Sequence[Mapping[str, Any]]
) -> list[Measurement]:
    """Append all that was found at once, in that order, and tell matching once; nothing found is nothing to tell.

    Who holds a lock on anything of the person holds theirs first, as of `hold_profile`. Raises ProfileGone when they left.
    """
    if not found:
        return []
    hold_profile(candidate.pk)
    rows = [
        Measurement.objects.create(candidate=candidate, recorded_at=now, **_with_activity(facts))
        for facts in found
    ]
    note_change(candidate=candidate, now=now)
    return rows


def _with_activity(facts: Mapping[str, Any]) -> dict[str, Any]:
    named = facts.get("language") or facts.get("language_id")
    return {"activity": Activity.READING_AND_USE, **facts} if named else dict(facts)


@transaction.atomic
def record_measurement(
    *,
    candidate: Candidate,
    language: Language | None = None,
    skill: Skill | None = None,
    level: int,
    source: str,
    evidence: str,
    measured_on: date,
    expires_on: date,
    by: User,
    now: datetime,
) -> Measurement:
    """Append what a recruiter saw proven: rated work or a checked certificate. Raises UnableToRecord, ProfileGone."""
    _refuse(
        flaws_of_evidence(
            language=language.pk if language else None,
            skill=skill.pk if skill else None,
            level=level,
            source=source,
            evidence=evidence,
            measured_on=measured_on,
            expires_on=expires_on,
            today=now.astimezone(UTC).date(),
        )
    )
    measurement = append_measurement(
        candidate=candidate,
        now=now,
        language=language,
        skill=skill,
        level=level,
        source=source,
        evidence=evidence.strip(),
        measured_on=measured_on,
        expires_on=expires_on,
        recorded_by=by,
    )
    record(
        verb="measurement.recorded",
        target=measurement,
        by=by,
        now=now,
        candidate=str(candidate.public_id),
        what=measurement.language_id or measurement.skill_id,
        level=level,
        source=source,
    )
    return measurement


def _refuse(flaws: Iterable[Flaw]) -> None:
    if found := list(flaws):
        raise UnableToRecord(found)


@transaction.atomic
def revoke_measurement(
    *, measurement: Measurement, reason: str, by: User | None, now: datetime
) -> Measurement:
    """Take a measurement back; an older one that still holds counts again. `by=None`: the platform itself.

    Raises UnableToRevoke.
    """
    if not reason.strip():
        raise UnableToRevoke("a reason is needed")
    try:
        hold_profile(measurement.candidate_id)
    except ProfileGone as gone:
        raise UnableToRevoke("the person has left the platform") from gone
    revoked = Measurement.objects.filter(pk=measurement.pk, revoked_at=None).update(revoked_at=now)
    if revoked != 1:
        raise UnableToRevoke("it is revoked already")
    measurement.revoked_at = now
    record(
        verb="measurement.revoked",
        target=measurement,
        by=by,
        now=now,
        reason=reason.strip(),
        candidate=str(measurement.candidate.public_id),
    )
    note_change(candidate=measurement.candidate, now=now)
    return measurement
