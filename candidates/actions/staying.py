"""Staying listed, pausing and coming back. The consent stands all the while; nothing is deleted."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.enums import ConsentKind
from accounts.models import Consent, User
from candidates.actions.change import note_change
from candidates.actions.errors import UnableToList, UnableToStay
from candidates.actions.listing import confirm
from candidates.actions.saving import lock_profile, set_facts
from candidates.enums import UnlistedBecause
from candidates.models import Candidate
from candidates.queries import facts_of, own_date
from candidates.rules.progress import missing_for_listing
from candidates.rules.staying import LONGEST_PAUSE


@transaction.atomic
def stay_listed(*, candidate: Candidate, by: User, now: datetime) -> Candidate:
    """Say again that one wants to be found: the days count anew, and who lapsed is listed at once.

    A doubled tap changes nothing. Raises UnableToStay without a standing consent or during a pause, UnableToList when
    facts that matching needs have gone missing meanwhile.
    """
    candidate = lock_profile(candidate, by)
    _check_consent(by)
    if candidate.unlisted_because == UnlistedBecause.PAUSED:
        raise UnableToStay(_("You have paused. Come back first; then you are listed again."))
    return _list_again(candidate, "candidate.stayed", by, now)


@transaction.atomic
def pause_listing(*, candidate: Candidate, until: date | None, by: User, now: datetime) -> Candidate:
    """Be found by nobody until that day begins, or until one comes back. Applications go on.

    Raises UnableToStay for somebody who is not listed, and for a day that is not ahead or more than a year away.
    """
    candidate = lock_profile(candidate, by)
    if not candidate.listed and candidate.unlisted_because != UnlistedBecause.PAUSED:
        raise UnableToStay(_("Nobody can find you now, so there is nothing to pause."))
    today = own_date(candidate, now)
    if until is not None and not today < until <= today + LONGEST_PAUSE:
        raise UnableToStay(_("Choose a day after today, at most a year ahead."))
    was_listed = candidate.listed
    if set_facts(candidate, listed=False, unlisted_because=UnlistedBecause.PAUSED, paused_until=until):
        audit.record(verb="candidate.paused", target=candidate, by=by, now=now, until=until)
    if was_listed:
        note_change(candidate=candidate, now=now)
    return candidate


@transaction.atomic
def resume_listing(*, candidate: Candidate, by: User, now: datetime) -> Candidate:
    """Come back from a pause, or after the days ran out; a doubled click changes nothing. Raises as `stay_listed`."""
    candidate = lock_profile(candidate, by)
    _check_consent(by)
    return _list_again(candidate, "candidate.resumed", by, now)


@transaction.atomic
def end_pause(*, candidate_id: int, today: date, now: datetime) -> bool:
    """For the sweep: list somebody whose pause ends by `today`; whether they are listed now."""
    candidate = _locked(candidate_id)
    if candidate is None or candidate.paused_until is None or candidate.paused_until > today:
        return False
    try:
        _check_consent(candidate.user)
        _list_again(candidate, "candidate.resumed", None, now)
    except (UnableToStay, UnableToList):
        set_facts(candidate, unlisted_because=UnlistedBecause.LAPSED, paused_until=None)
        return False
    return True


@transaction.atomic
def let_lapse(*, candidate_id: int, today: date, now: datetime) -> Candidate | None:
    """For the sweep: take somebody off every list when the day until which they are listed lies before `today`.

    The candidate when that was so, else None.
    """
    candidate = _locked(candidate_id)
    if candidate is None or not candidate.listed or candidate.listed_until >= today:
        return None
    set_facts(candidate, listed=False, unlisted_because=UnlistedBecause.LAPSED)
    audit.record(verb="candidate.lapsed", target=candidate, by=None, now=now)
    note_change(candidate=candidate, now=now)
    return candidate


@transaction.atomic
def count_reminder(*, candidate_id: int, number: int, today: date) -> Candidate | None:
    """For the sweep: the candidate when reminder `number` (from 1) is due and was not sent yet, else None."""
    candidate = _locked(candidate_id)
    if candidate is None or not candidate.listed or candidate.reminders >= number:
        return None
    if candidate.listed_until < today:
        return None
    set_facts(candidate, reminders=number)
    return candidate


def _list_again(candidate: Candidate, verb: str, by: User | None, now: datetime) -> Candidate:
    if missing := missing_for_listing(facts_of(candidate)):
        raise UnableToList(missing)
    back = set_facts(candidate, listed=True, unlisted_because="", paused_until=None)
    if confirm(candidate, now) or back:
        audit.record(verb=verb, target=candidate, by=by, now=now)
    if back:
        note_change(candidate=candidate, now=now)
    return candidate


def _check_consent(user: User) -> None:
    if not Consent.objects.filter(user=user, kind=ConsentKind.LISTED, withdrawn_at=None).exists():
        raise UnableToStay(_("You have not agreed to be listed. Read what it means and decide."))


def _locked(candidate_id: int) -> Candidate | None:
    """Locked, with the account; None when the person has left meanwhile."""
    people = Candidate.objects.select_related("user").select_for_update(of=("self",), no_key=True)
    return people.filter(pk=candidate_id).first()
