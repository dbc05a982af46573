"""Helping somebody who lost their second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.actions.audit import record
from accounts.actions.mail import send
from accounts.models import User


class UnableToRemove(Exception):
    """There is no second factor, or it is one's own: that goes through one's own settings."""


@transaction.atomic
def remove_second_factors(*, user: User, by: User, now: datetime) -> int:
    """Remove app, passkeys and recovery codes of another person; tell them by mail. Returns how many."""
    if user.pk == by.pk:
        raise UnableToRemove
    removed: int = Authenticator.objects.filter(user=user).delete()[0]
    if not removed:
        raise UnableToRemove
    record(verb="second_factor.removed", target=user, by=by, now=now, removed=removed)
    send(to=user, template="accounts/mail/second_factor_removed", context={}, now=now)
    return removed
