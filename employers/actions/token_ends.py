"""Telling people that a token ends before what they have built on it stands still."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse

from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from common.sweeping import each_by_itself
from employers.enums import MembershipRole
from employers.models import ApiToken
from employers.rules.tokens import TOLD_DAYS_BEFORE


def tell_ending_tokens(*, now: datetime) -> int:
    """Tell whoever made a token, and the owners, 14 and 3 days before its end; how many tokens. Each once, in a transaction
    of its own. Where nothing ran for a while, only the nearest of the two is told."""
    told: list[bool] = []
    for days in sorted(TOLD_DAYS_BEFORE):
        ending = ApiToken.objects.ending_untold(now, days).order_by("pk").values_list("pk", flat=True)
        told += each_by_itself(list(ending), partial(_tell, days=days, now=now))
    return sum(told)


@transaction.atomic
def _tell(token_id: int, *, days: int, now: datetime) -> bool:
    ending = ApiToken.objects.ending_untold(now, days).filter(pk=token_id)
    token = ending.select_related("membership__employer").select_for_update(of=("self",), no_key=True).first()
    if token is None:
        return False  # told, revoked or renewed meanwhile
    token.told_days_before = days
    token.save(update_fields=["told_days_before"])
    employer = token.membership.employer
    members = employer.memberships.filter(user__is_active=True).select_related("user")
    for member in members:
        if member.role != MembershipRole.OWNER and member.pk != token.membership_id:
            continue
        notify(
            to=member.user,
            kind=NotificationKind.SECURITY,
            template="employers/mail/token_ends",
            context={"employer": employer, "token": token, "renews": member.role == MembershipRole.OWNER},
            url=reverse("employers:tokens" if member.role == MembershipRole.OWNER else "employers:members"),
            key=f"token-ends:{token.pk}:{days}",
            now=now,
        )
    return True
