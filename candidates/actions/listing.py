"""Agreeing to be listed for employers, and taking it back."""

from datetime import datetime

from django.db import transaction

from accounts.actions import audit
from accounts.actions.consent import give_consent, withdraw_consent
from accounts.enums import ConsentKind
from accounts.models import User
from candidates.actions.change import note_change
from candidates.actions.errors import UnableToList
from candidates.actions.saving import lock_profile, set_facts
from candidates.consents import LISTED_TEXT_VERSION
from candidates.models import Candidate
from candidates.queries import facts_of, own_date
from candidates.rules.progress import missing_for_listing
from common.queue import enqueue


@transaction.atomic
def agree_to_be_listed(*, candidate: Candidate, by: User, now: datetime) -> Candidate:
    """Record the consent and list the person. Raises UnableToList naming the steps that are missing."""
    candidate = lock_profile(candidate, by)
    if missing := missing_for_listing(facts_of(candidate)):
        raise UnableToList(missing)
    give_consent(user=by, kind=ConsentKind.LISTED, text_version=LISTED_TEXT_VERSION, now=now)
    asked_for = {"listed": True, "unlisted_because": "", "paused_until": None}
    if set_facts(candidate, **asked_for):
        confirm(candidate, now)
        audit.record(verb="candidate.listed", target=candidate, by=by, now=now)
        note_change(candidate=candidate, now=now)
    return candidate


@transaction.atomic
def withdraw_listing(*, candidate: Candidate, by: User, now: datetime) -> Candidate:
    """Take the person off every list that is made from now on; a doubled click changes nothing."""
    candidate = lock_profile(candidate, by)
    withdraw_consent(user=by, kind=ConsentKind.LISTED, now=now)
    was_listed = candidate.listed
    if set_facts(candidate, listed=False, unlisted_because="", paused_until=None):
        audit.record(verb="candidate.unlisted", target=candidate, by=by, now=now)
        enqueue("placements.settle_candidate", candidate_id=candidate.pk)
    if was_listed:
        note_change(candidate=candidate, now=now)
    return candidate


def confirm(candidate: Candidate, now: datetime) -> bool:
    """Count the days anew from today on the person's own clock; on a locked candidate. Whether that changed anything."""
    return set_facts(candidate, confirmed_on=own_date(candidate, now), reminders=0)
