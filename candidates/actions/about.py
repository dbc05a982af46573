"""Saving who a person is called and where they live."""

from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.settings import change_settings, name_person
from accounts.models import User
from accounts.rules.time_zones import NEVER_CHOSEN
from candidates.actions.change import note_change
from candidates.actions.errors import UnableToSave
from candidates.actions.saving import lock_profile, set_facts
from candidates.content import Residence
from candidates.enums import WorkRight
from candidates.models import Candidate
from reference.models import Region


@transaction.atomic
def save_about(
    *, candidate: Candidate, display_name: str, residence: Residence, by: User, now: datetime
) -> Candidate:
    """Save the name (kept apart, never in matching) and the residence. Raises UnableToSave."""
    candidate = save_residence(candidate=candidate, residence=residence, by=by, now=now)
    if by.time_zone == NEVER_CHOSEN != residence.zone:
        change_settings(
            user=by, display_name=display_name, language=by.language, time_zone=residence.zone, now=now
        )
    else:
        name_person(user=by, display_name=display_name)
    return candidate


@transaction.atomic
def save_residence(*, candidate: Candidate, residence: Residence, by: User, now: datetime) -> Candidate:
    """Save country, region, zone and right to work. Raises UnableToSave when they do not belong together."""
    _check(residence)
    candidate = lock_profile(candidate, by)
    permit = residence.work_right == WorkRight.PERMIT
    changed = set_facts(
        candidate,
        country_id=residence.country,
        region_id=residence.region,
        zone=residence.zone,
        work_right=residence.work_right,
        permit_until=residence.permit_until if permit else None,
    )
    if changed:
        note_change(candidate=candidate, now=now)
    return candidate


def _check(residence: Residence) -> None:
    if residence.zone not in available_timezones():
        raise UnableToSave("zone", _("%(zone)s is not a time zone.") % {"zone": residence.zone})
    if (
        residence.region
        and not Region.objects.filter(pk=residence.region, country=residence.country).exists()
    ):
        raise UnableToSave("region", _("This region lies in another country."))
    if residence.work_right == WorkRight.PERMIT and residence.permit_until is None:
        raise UnableToSave("permit_until", _("Say until when the permit is valid."))
