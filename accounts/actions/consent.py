"""Agreeing and taking it back."""

from datetime import datetime

from django.db import transaction

from accounts.actions.audit import record
from accounts.enums import ConsentKind
from accounts.models import Consent, User


@transaction.atomic
def give_consent(*, user: User, kind: ConsentKind, text_version: str, now: datetime) -> Consent:
    """The person's standing consent to this version of the text; a doubled click changes nothing.

    Agreeing to a newer text closes the consent to the older one.
    """
    standing = _standing(user, kind)
    if standing is not None:
        if standing.text_version == text_version:
            return standing
        _close(standing, by=user, now=now)
    consent = Consent.objects.create(user=user, kind=kind, text_version=text_version, given_at=now)
    record(verb="consent.given", target=consent, by=user, now=now, kind=str(kind), text_version=text_version)
    return consent


@transaction.atomic
def withdraw_consent(*, user: User, kind: ConsentKind, now: datetime) -> Consent | None:
    """Close the standing consent and return it; None when there was none (any more)."""
    standing = _standing(user, kind)
    if standing is not None:
        _close(standing, by=user, now=now)
    return standing


def _standing(user: User, kind: ConsentKind) -> Consent | None:
    # The lock makes two clicks of one person wait for each other.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return Consent.objects.filter(user=user, kind=kind, withdrawn_at=None).first()


def _close(consent: Consent, *, by: User, now: datetime) -> None:
    # A request that began earlier may get the lock later.
    consent.withdrawn_at = max(now, consent.given_at)
    consent.save(update_fields=["withdrawn_at"])
    record(verb="consent.withdrawn", target=consent, by=by, now=now, kind=consent.kind)
