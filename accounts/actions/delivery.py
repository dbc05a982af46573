"""Taking mail out of the outbox and handing it to the mail server.

A mail is claimed in a transaction of its own, handed over outside any transaction, and settled only if the claim
still stands. So one mail is never handed over by two workers, and a worker that dies leaves a claim that is found.
"""

from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from django.db.models import F

from accounts.delivery import MailRefused, ServerUnreachable, hand_over
from accounts.enums import MailState
from accounts.models import OutboxMail

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
KEEP_TRYING = timedelta(days=2)
STUCK_AFTER = timedelta(minutes=10)  # longer than the hard time limit of the task


class Delivery(Enum):
    """What came of one look into the outbox."""

    NOTHING_DUE = "nothing due"
    SETTLED = "settled"
    SERVER_UNREACHABLE = "server unreachable"


def deliver_next(*, now: datetime) -> Delivery:
    """Deliver the mail that has waited longest past its time, if any."""
    mail = claim_mail(now=now)
    if mail is None:
        return Delivery.NOTHING_DUE
    try:
        hand_over(mail)
    except MailRefused as refusal:
        _settle(mail, state=MailState.FAILED, last_error=str(refusal))
    except ServerUnreachable as trouble:
        _postpone(mail, now=now, error=str(trouble))
        return Delivery.SERVER_UNREACHABLE
    except OSError as trouble:
        _postpone(mail, now=now, error=str(trouble) or type(trouble).__name__)
    else:
        _settle(mail, state=MailState.SENT, sent_at=now, last_error="")
    return Delivery.SETTLED


@transaction.atomic
def claim_mail(*, now: datetime) -> OutboxMail | None:
    """Claim the next due mail; rows that another worker is claiming right now are passed over."""
    mail = (
        OutboxMail.objects.due(now)
        .order_by("next_attempt_at", "id")
        .select_for_update(skip_locked=True)
        .first()
    )
    if mail is None:
        return None
    mail.state, mail.claimed_at, mail.attempts = MailState.SENDING, now, mail.attempts + 1
    mail.save(update_fields=["state", "claimed_at", "attempts"])
    return mail


@transaction.atomic
def tidy_outbox(*, now: datetime) -> None:
    """Free claims of dead workers, once; give up on mail that nobody took for two days.

    Whether a mail left before its worker died is unknown. It is tried once more, under the same Message-ID, and
    marked; after a second time a person has to look.
    """
    stuck = OutboxMail.objects.stuck(now - STUCK_AFTER)
    stuck.filter(interruptions=0).update(
        state=MailState.WAITING,
        claimed_at=None,
        interruptions=1,
        next_attempt_at=now,
        last_error="The worker died while sending; tried once more.",
    )
    stuck.filter(interruptions__gte=1).update(
        state=MailState.FAILED,
        claimed_at=None,
        interruptions=F("interruptions") + 1,
        last_error="The worker died while sending, again. It may have arrived.",
    )
    OutboxMail.objects.filter(state=MailState.WAITING, created_at__lte=now - KEEP_TRYING).update(
        state=MailState.FAILED
    )


def forget_old_mail(*, before: datetime, sends: bool) -> int:
    """Delete mail written before a moment, codes and addresses with it; the number.

    Where mail is sent, what still waits or is on its way stays.
    """
    old = OutboxMail.objects.filter(created_at__lt=before)
    if sends:
        old = old.filter(state__in=(MailState.SENT, MailState.FAILED))
    return old.delete()[0]


def waiting_time(attempts: int) -> timedelta:
    """Time to the next attempt after `attempts` (1 or more) failed ones: doubling from 30 s, an hour at most."""
    doublings: int = min(attempts - 1, 16)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _postpone(mail: OutboxMail, *, now: datetime, error: str) -> None:
    _settle(
        mail,
        state=MailState.WAITING,
        next_attempt_at=now + waiting_time(mail.attempts),
        last_error=error,
    )


def _settle(mail: OutboxMail, **changes: object) -> None:
    claim = OutboxMail.objects.filter(pk=mail.pk, state=MailState.SENDING, claimed_at=mail.claimed_at)
    claim.update(claimed_at=None, **changes)
