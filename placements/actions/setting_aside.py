"""Setting somebody on a shortlist aside, and putting them back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from candidates.models import Candidate
from placements.actions.errors import UnableToSetAside
from placements.actions.locking import lock_pair
from placements.enums import SETTING_ASIDE, EmployerReason
from placements.models import Application, SetAside
from vacancies.models import Vacancy


@transaction.atomic
def set_aside(
    *, vacancy: Vacancy, candidate: Candidate, reason: str, by: User, now: datetime, words: str = ""
) -> SetAside:
    """Say that the employer does not go on with somebody who is in no application. Nobody is written to.

    Doing it twice keeps the first reason and writes nothing more. Raises UnableToSetAside.
    """
    words = words.strip()
    if reason not in SETTING_ASIDE:
        raise UnableToSetAside(_("Choose a reason; the person reads it."))
    if reason == EmployerReason.OTHER and not words:
        raise UnableToSetAside(_("Write the reason in a sentence, or choose one from the list."))
    vacancy, candidate = lock_pair(vacancy, candidate, UnableToSetAside)
    if Application.objects.open().filter(vacancy=vacancy, candidate=candidate).exists():
        raise UnableToSetAside(
            _("An answer is open between you. Say no to the person instead, with a reason and a message.")
        )
    held = _standing(vacancy, candidate)
    if held is not None:
        return held
    made = SetAside.objects.create(
        vacancy=vacancy, candidate=candidate, reason=reason, words=words, by=by, at=now
    )
    _record("set_aside", made, by, now, reason=reason)
    return made


@transaction.atomic
def put_back(*, vacancy: Vacancy, candidate: Candidate, by: User, now: datetime) -> None:
    """Undo it: the person stands on the list as before. Doing it twice changes nothing. Raises UnableToSetAside."""
    vacancy, candidate = lock_pair(vacancy, candidate, UnableToSetAside)
    held = _standing(vacancy, candidate)
    if held is None:
        return
    held.taken_back_at, held.taken_back_by = now, by
    held.save(update_fields=["taken_back_at", "taken_back_by"])
    _record("put_back", held, by, now)


def _standing(vacancy: Vacancy, candidate: Candidate) -> SetAside | None:
    return SetAside.objects.filter(vacancy=vacancy, candidate=candidate, taken_back_at=None).first()


def _record(what: str, row: SetAside, by: User, now: datetime, **data: str) -> None:
    number = str(row.candidate.public_id)
    audit.record(verb=f"person.{what}", target=row.vacancy, by=by, now=now, candidate=number, **data)
