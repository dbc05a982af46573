"""Helping somebody who lost their second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User


class UnableToRemove(Exception):
    """There is no second factor, or it is one's own: that goes through one's own settings."""


@transaction.atomic
def remove_second_factors(*, user: User, by: User, now: datetime) -> int:
    """Remove app, passkeys and recovery codes of another person; tell them. Returns how many."""
    if user.pk == by.pk:
        raise UnableToRemove
    removed: int = Authenticator.objects.filter(user=user).delete()[0]
    if not removed:
        raise UnableToRemove
    entry = record(verb="second_factor.removed", target=user, by=by, now=now, removed=removed)
    notify(
        to=user,
        kind=NotificationKind.SECURITY,
        template="accounts/mail/second_factor_removed",
        context={},
        url=reverse("mfa_index"),
        key=f"second-factor-removed:{entry.pk}",
        now=now,
    )
    return removed
