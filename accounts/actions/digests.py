"""The daily mail: what a person wants to hear once a day, together."""

from datetime import datetime

from django.db import transaction

from accounts.actions import mail
from accounts.actions.mail_foot import foot_facts, off_headers
from accounts.enums import MailChoice
from accounts.models import Digest, Notification, User
from accounts.queries.mail_choices import mail_choices
from accounts.rules.mail_off import DIGEST
from accounts.rules.mornings import morning_of
from accounts.rules.notification_kinds import KINDS
from accounts.rules.time_zones import clock_of

MOST_ITEMS = 30
"""So many are named in one mail; the rest is counted and stands in the account."""


@transaction.atomic
def write_digest(*, user_id: int, now: datetime) -> bool:
    """Put together the daily mail that is due for somebody; whether anything was settled.

    Nothing is settled where it is no morning, the mail of the day was written, or another worker is writing it. What was
    read meanwhile, or is of a kind switched off meanwhile, is left out; when nothing is left, no mail is written. Mail and
    marks stand in one transaction: a worker that dies leaves neither.
    """
    user = User.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=user_id).first()
    morning = morning_of(clock_of(user.time_zone), now) if user else None
    if user is None or morning is None or user.digests.filter(day=morning.day).exists():
        return False
    waiting = Notification.objects.filter(user=user).waiting_for_digest(morning.until)
    found = list(waiting.order_by("-created_at", "-id"))
    waiting.filter(pk__in=[told.pk for told in found]).update(awaits_digest=False)
    choices = mail_choices(user)
    wanted = [told for told in found if told.read_at is None and choices[told.subject] != MailChoice.NEVER]
    if wanted and user.is_active:
        Digest.objects.create(user=user, day=morning.day, written_at=now, items=len(wanted))
        _send(user, wanted, now)
    return bool(found)


def _send(user: User, wanted: list[Notification], now: datetime) -> None:
    foot = foot_facts(user, DIGEST)
    if not any(KINDS[told.subject].can_be_off for told in wanted):
        foot["off_link"] = ""
    context = {
        **foot,
        "news": wanted[:MOST_ITEMS],
        "n": len(wanted),
        "more": max(0, len(wanted) - MOST_ITEMS),
    }
    headers = off_headers(foot["off_link"])
    named = {told.about for told in wanted[:MOST_ITEMS]}
    about = None if None in named else sorted(one for one in named if one)
    mail.send(
        to=user, template="accounts/mail/digest", context=context, now=now, headers=headers, about=about
    )
