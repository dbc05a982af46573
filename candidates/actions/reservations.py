"""Keeping away from a sector or an employer, and taking that back. Nobody but the person hears of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from candidates.actions.change import note_change
from candidates.actions.errors import UnableToSave
from candidates.actions.saving import lock_profile
from candidates.models import Candidate, Reservation
from candidates.queries.reservations import accepted_employers
from candidates.rules.reservations import MOST_EMPLOYERS
from reference.models import Sector


@transaction.atomic
def save_reserved_sectors(*, candidate: Candidate, sectors: Iterable[str], by: User, now: datetime) -> bool:
    """Keep away from exactly these sectors (codes); whether that changed anything. Raises UnableToSave."""
    wanted = frozenset(sectors)
    candidate = lock_profile(candidate, by)
    if Sector.objects.filter(pk__in=wanted).count() < len(wanted):
        raise UnableToSave("sectors", _("Choose sectors from the list."))
    own = Reservation.objects.filter(candidate=candidate, sector__isnull=False)
    held = frozenset(own.values_list("sector_id", flat=True))
    if held == wanted:
        return False
    own.exclude(sector__in=wanted).delete()
    Reservation.objects.bulk_create(
        Reservation(candidate=candidate, sector_id=code) for code in sorted(wanted - held)
    )
    note_change(candidate=candidate, now=now)
    return True


@transaction.atomic
def reserve_employer(*, candidate: Candidate, employer_id: int, by: User, now: datetime) -> bool:
    """Keep away from an accepted employer; False when that held already. Raises UnableToSave."""
    candidate = lock_profile(candidate, by)
    own = Reservation.objects.filter(candidate=candidate, employer__isnull=False)
    if own.filter(employer=employer_id).exists():
        return False
    if not accepted_employers().filter(pk=employer_id).exists():
        raise UnableToSave("employer", _("This employer is not here any more."))
    if own.count() >= MOST_EMPLOYERS:
        words = ngettext(
            "You keep away from %(n)d employer already, which is the most. Take one back first.",
            "You keep away from %(n)d employers already, which is the most. Take one back first.",
            MOST_EMPLOYERS,
        )
        raise UnableToSave("employer", words % {"n": MOST_EMPLOYERS})
    Reservation.objects.create(candidate=candidate, employer_id=employer_id)
    note_change(candidate=candidate, now=now)
    return True


@transaction.atomic
def release_employer(*, candidate: Candidate, employer_id: int, by: User, now: datetime) -> bool:
    """Take a reservation back; False when there was none. Raises UnableToSave."""
    candidate = lock_profile(candidate, by)
    deleted, _by_model = Reservation.objects.filter(candidate=candidate, employer=employer_id).delete()
    if deleted:
        note_change(candidate=candidate, now=now)
    return bool(deleted)
