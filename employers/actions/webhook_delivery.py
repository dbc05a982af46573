"""Taking messages out of their table and handing them over.

A message is claimed in a transaction of its own, handed over outside any transaction, and settled only if the claim
still stands. So no two workers send the same one, and a worker that dies leaves a claim that is found.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from standardwebhooks import Webhook

from accounts.actions import audit
from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from employers.delivery import Outcome, hand_over
from employers.enums import DeliveryState, DisabledBecause, MembershipRole
from employers.models import WebhookDelivery, WebhookEndpoint
from employers.rules.webhooks import DISABLED_AFTER, retry_after

STUCK_AFTER: Final = timedelta(minutes=10)  # longer than the hard time limit of the task
GONE: Final = 410
MOST_TRIES: Final = 30
REMOVED_KEPT: Final = timedelta(days=1)


def deliver_next(*, now: datetime) -> bool:
    """Send the message that is due, if there is one; whether there was."""
    delivery = claim(now=now)
    if delivery is None:
        return False
    endpoint = delivery.endpoint
    try:
        headers = _signed(delivery, endpoint, now)
    except InvalidToken:
        # Sealed under a key that is gone. Left unsettled, it would come first again and again.
        outcome = Outcome(0, 0, "The secret of this address cannot be read any more. Make a new one.")
    else:
        outcome = hand_over(endpoint.url, delivery.body.encode(), headers)
    settle(delivery, outcome, now=now)
    return True


@transaction.atomic
def claim(*, now: datetime) -> WebhookDelivery | None:
    """Claim one. Addresses that answer come first, and each gets one message at a time: a slow one holds nobody up."""
    busy = WebhookDelivery.objects.filter(endpoint=OuterRef("endpoint"), state=DeliveryState.SENDING)
    due = WebhookDelivery.objects.due(now).exclude(Exists(busy)).select_related("endpoint__employer")
    ordered = due.order_by(F("endpoint__failing_since").asc(nulls_first=True), "next_attempt_at", "id")
    delivery = ordered.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if delivery is None:
        return None
    delivery.state, delivery.claimed_at, delivery.attempts = DeliveryState.SENDING, now, delivery.attempts + 1
    delivery.save(update_fields=["state", "claimed_at", "attempts"])
    return delivery


def _signed(delivery: WebhookDelivery, endpoint: WebhookEndpoint, now: datetime) -> dict[str, str]:
    """The headers of Standard Webhooks, with one signature for each secret that holds."""
    signatures = [
        Webhook(secret).sign(delivery.message_id, now.astimezone(UTC), delivery.body)
        for secret in endpoint.secrets_at(now)
    ]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Marketplace-Webhooks/1",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


@transaction.atomic
def settle(delivery: WebhookDelivery, outcome: Outcome, *, now: datetime) -> None:
    """Write down what came of it: delivered, once more later, or failed; and what that says about the address."""
    tried = {
        "at": now.isoformat(),
        "status": outcome.status,
        "ms": outcome.milliseconds,
        "words": outcome.words,
    }
    changes: dict[str, Any] = {"claimed_at": None, "tries": [*delivery.tries, tried][-MOST_TRIES:]}
    later = retry_after(delivery.attempts)
    if outcome.good:
        changes |= {"state": DeliveryState.DELIVERED, "settled_at": now}
    elif later is None or outcome.status == GONE:
        changes |= {"state": DeliveryState.FAILED, "settled_at": now}
    else:
        changes |= {"state": DeliveryState.WAITING, "next_attempt_at": now + later}
    claimed = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.SENDING, claimed_at=delivery.claimed_at
    )
    if claimed.update(**changes):
        _note(delivery.endpoint_id, outcome, now=now)


def _note(endpoint_id: int, outcome: Outcome, *, now: datetime) -> None:
    endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).filter(pk=endpoint_id).first()
    if endpoint is None or endpoint.disabled_at is not None:
        return
    if outcome.good:
        if endpoint.failing_since is not None:
            endpoint.failing_since = None
            endpoint.save(update_fields=["failing_since"])
        return
    if endpoint.failing_since is None:
        endpoint.failing_since = now
        endpoint.save(update_fields=["failing_since"])
    if outcome.status == GONE:
        _disable(endpoint, DisabledBecause.GONE, now)
    elif endpoint.failing_since <= now - DISABLED_AFTER:
        _disable(endpoint, DisabledBecause.FAILING, now)


def _disable(endpoint: WebhookEndpoint, because: str, now: datetime) -> None:
    """Switch it off, and tell the owners."""
    endpoint.disabled_at, endpoint.disabled_because = now, because
    endpoint.save(update_fields=["disabled_at", "disabled_because"])
    employer = endpoint.employer
    audit.record(
        verb="employer.webhook_disabled", target=employer, by=None, now=now, webhook=endpoint.pk, because=because
    )  # fmt: skip
    for owner in employer.memberships.filter(role=MembershipRole.OWNER).select_related("user"):
        notify(
            to=owner.user,
            kind=NotificationKind.COMPANY,
            template="employers/mail/webhook_disabled",
            context={"employer": employer, "endpoint": endpoint},
            url=reverse("employers:webhook", args=[endpoint.pk]),
            key=f"webhook-disabled:{endpoint.pk}:{now.isoformat()}",
            now=now,
        )


@transaction.atomic
def tidy(*, now: datetime) -> None:
    """Free claims of dead workers: nobody knows whether it arrived, so it is sent again under the same id."""
    stuck = WebhookDelivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lte=now - STUCK_AFTER)
    stuck.update(state=DeliveryState.WAITING, claimed_at=None, next_attempt_at=now)


def forget_old_deliveries(*, before: datetime) -> int:
    """Delete messages written before a moment, also those that wait for an address that is off; the number of them."""
    return WebhookDelivery.objects.filter(created_at__lt=before).delete()[0]


def forget_removed(*, now: datetime) -> int:
    """Delete addresses that were removed a day ago, with their messages; the number of rows."""
    return WebhookEndpoint.objects.filter(removed_at__lte=now - REMOVED_KEPT).delete()[0]
