"""Ending applications for a reason that neither of the two gave: hired elsewhere, gone, closed, silent."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from candidates.models import Candidate
from placements.actions.locking import lock_candidate, lock_row
from placements.actions.stepping import Step, take
from placements.enums import ENDS_IN, EndReason, Side
from placements.models import Application

BY_CANDIDATE = (EndReason.UNLISTED, EndReason.LEFT)
"""Reasons that are the person's own act."""


@transaction.atomic
def close_for_candidate(*, candidate: Candidate, reason: str, by: User | None, now: datetime) -> int:
    """End every open application of a person who is no longer listed or leaves; the employers get an answer.

    Returns how many ended. Doing it twice changes nothing.
    """
    held = lock_candidate(candidate.pk)
    ended = _open_of(held) if held else []
    for application in ended:
        end(application, reason, by=by, now=now)
    return len(ended)


def close_others(candidate: Candidate, *, hired: Application, now: datetime) -> None:
    """End what a person who was just hired has open elsewhere. The person is locked."""
    for application in _open_of(candidate):
        if application.pk != hired.pk:
            end(application, EndReason.HIRED_ELSEWHERE, by=None, now=now)


def end(application: Application, reason: str, *, by: User | None, now: datetime) -> Application:
    """End a locked application for one of the reasons of EndReason."""
    side = Side.CANDIDATE if reason in BY_CANDIDATE else Side.PLATFORM
    return take(application, Step(ENDS_IN[reason], side, by, now, reason))


def _open_of(candidate: Candidate) -> list[Application]:
    """What a person has open, locked in the order of the ids."""
    keys = Application.objects.of_candidate(candidate).open().order_by("pk").values_list("pk", flat=True)
    found = [lock_row(key) for key in keys]
    return [application for application in found if application.is_open]
