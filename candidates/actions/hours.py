"""Saving when and how much a person can work."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from candidates.actions.change import note_change
from candidates.actions.errors import UnableToSave
from candidates.actions.saving import lock_profile, set_facts
from candidates.content import Hours
from candidates.models import Candidate
from candidates.rules.week import common_part
from common.week import EMPTY_WEEK


@transaction.atomic
def save_hours(*, candidate: Candidate, hours: Hours, by: User, now: datetime) -> Candidate:
    """Save the weekly availability, the preferred part of it and the hours a week. Raises UnableToSave."""
    if hours.availability == EMPTY_WEEK:
        raise UnableToSave("availability", _("Offer at least one stretch of time."))
    if common_part(hours.preferred, hours.availability) != hours.preferred:
        raise UnableToSave("bands", _("Preferred hours have to lie within the hours offered."))
    if not 1 <= hours.hours_min <= hours.hours_max <= 60:
        raise UnableToSave("hours_max", _("Hours a week go from 1 to 60, the fewest first."))
    candidate = lock_profile(candidate, by)
    changed = set_facts(
        candidate,
        availability=hours.availability,
        preferred=hours.preferred,
        hours_min=hours.hours_min,
        hours_max=hours.hours_max,
    )
    if changed:
        note_change(candidate=candidate, now=now)
    return candidate
