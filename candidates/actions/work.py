"""Saving the contract, the pay and the start that a person wants."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.consent import give_consent, withdraw_consent
from accounts.enums import ConsentKind
from accounts.models import User
from candidates.actions.change import note_change
from candidates.actions.errors import UnableToSave
from candidates.actions.saving import lock_profile, set_facts
from candidates.consents import FREELANCE_TEXT_VERSION
from candidates.content import Work
from candidates.models import Candidate


@transaction.atomic
def save_work(*, candidate: Candidate, work: Work, by: User, now: datetime) -> Candidate:
    """Save contract, pay and start; freelance is a recorded consent of its own. Raises UnableToSave."""
    if not (work.accepts_employment or work.accepts_freelance):
        raise UnableToSave("accepts_employment", _("Choose at least one form of contract."))
    if work.earliest_start is None and not work.just_looking:
        raise UnableToSave("earliest_start", _("Say from when, or that you are just looking around."))
    candidate = lock_profile(candidate, by)
    if work.accepts_freelance:
        give_consent(user=by, kind=ConsentKind.FREELANCE, text_version=FREELANCE_TEXT_VERSION, now=now)
    else:
        withdraw_consent(user=by, kind=ConsentKind.FREELANCE, now=now)
    if set_facts(candidate, **asdict(work)):
        note_change(candidate=candidate, now=now)
    return candidate
