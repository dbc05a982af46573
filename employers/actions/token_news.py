"""Owners hear of every token that is made: whoever got into an account cannot make one that nobody knows of."""

from datetime import datetime

from django.urls import reverse

from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from accounts.models import User
from employers.enums import MembershipRole
from employers.models import ApiToken, Employer


def tell_made(*, token: ApiToken, employer: Employer, by: User, now: datetime) -> None:
    """In the transaction that makes it. Never says the secret."""
    owners = employer.memberships.filter(role=MembershipRole.OWNER, user__is_active=True).select_related(
        "user"
    )
    for owner in owners:
        notify(
            to=owner.user,
            kind=NotificationKind.SECURITY,
            template="employers/mail/token_made",
            context={"employer": employer, "token": token, "by": by, "mine": owner.user_id == by.pk},
            url=reverse("employers:tokens"),
            key=f"token-made:{token.pk}",
            now=now,
            about=by.pk if owner.user_id != by.pk else 0,
        )
