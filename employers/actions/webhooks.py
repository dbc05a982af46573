"""Addresses for webhooks, and writing down what they are told."""

import base64
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from rest_framework.utils.encoders import JSONEncoder

from accounts.actions import audit
from accounts.models import User
from common.queue import enqueue
from common.sealing import seal
from employers.actions.checks import held_by_owner
from employers.actions.errors import EndpointGone, MadeAlready, RotatedAlready, TooManyEndpoints, UnableToSend
from employers.actions.webhook_hold import hold_step
from employers.delivery import NotFound, NotPublic, public_address
from employers.enums import TEST_EVENT, DeliveryState, DisabledBecause, EmployerState, HoldStep
from employers.models import Employer, WebhookDelivery, WebhookEndpoint
from employers.models.webhook import PURPOSE
from employers.rules.webhooks import MOST_ENDPOINTS, SECRET_OVERLAP


def emit(*, employer_id: int, event: str, data: dict[str, Any], now: datetime, subject: str = "") -> int:
    """Write a message to every address of the employer that is told about the event, in the caller's transaction.

    `data` names things by their ids and states, never a person. Returns the number of messages. With a `subject` none is
    added to one that waits untried with the same event and subject. One query where nobody listens.
    """
    listening = WebhookEndpoint.objects.select_related("employer").filter(
        employer=employer_id, disabled_at=None, events__contains=[event]
    )
    if subject:
        untried = WebhookDelivery.objects.filter(
            endpoint=OuterRef("pk"), event=event, subject=subject, state=DeliveryState.WAITING, attempts=0
        )
        listening = listening.exclude(Exists(untried))
    return _write(list(listening), event=event, data=data, now=now, subject=subject)


def _write(
    endpoints: Sequence[WebhookEndpoint],
    *,
    event: str,
    data: dict[str, Any],
    now: datetime,
    subject: str = "",
) -> int:
    if not endpoints:
        return 0
    body = json.dumps({"type": event, "timestamp": now, "data": data}, cls=JSONEncoder)
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            endpoint=one,
            event=event,
            subject=subject,
            body=body,
            created_at=now,
            next_attempt_at=now,
            tries=[] if one.employer.state == EmployerState.ACCEPTED else [hold_step(HoldStep.HELD, now)],
        )
        for one in endpoints
    )
    enqueue("employers.deliver_webhooks")
    return len(endpoints)


def require_public(url: str) -> None:
    """Raise UnableToSend unless messages may go there, as far as can be told now; it is looked at again at every sending."""
    try:
        public_address(url)
    except NotPublic as error:
        sentence = _("This has to be an https:// address of a machine on the public internet.")
        raise UnableToSend(sentence) from error
    except NotFound as error:
        raise UnableToSend(_("No machine has this name, as far as we can find out.")) from error


@transaction.atomic
def add_endpoint(
    *, employer: Employer, url: str, events: Sequence[str], by: User, now: datetime, key: UUID | None = None
) -> tuple[WebhookEndpoint, str]:
    """An address that gets the events from now on, and its secret, to be shown once. `key` belongs to the form.

    Call `require_public` first: looking a name up takes time that no lock should last. Raises NotAnOwner,
    TooManyEndpoints, and MadeAlready when the form was sent before.
    """
    employer = held_by_owner(employer, by)
    if key and employer.webhooks.filter(form_key=key).exists():
        raise MadeAlready
    if employer.webhooks.filter(removed_at=None).count() >= MOST_ENDPOINTS:
        raise TooManyEndpoints
    secret = _new_secret()
    endpoint = WebhookEndpoint.objects.create(
        employer=employer, url=url, events=list(events), secret=seal(secret, PURPOSE), made_at=now, made_by=by, form_key=key
    )  # fmt: skip
    _record("added", endpoint, by, now, url=url, events=list(events))
    return endpoint, secret


@transaction.atomic
def change_endpoint(
    *, endpoint: WebhookEndpoint, url: str, events: Sequence[str], by: User, now: datetime
) -> WebhookEndpoint:
    """Another address or other events; the secret stays. Call `require_public` first. Raises NotAnOwner, EndpointGone."""
    endpoint = _held(endpoint, by)
    if (endpoint.url, endpoint.events) != (url, list(events)):
        endpoint.url, endpoint.events = url, list(events)
        endpoint.save(update_fields=["url", "events"])
        _record("changed", endpoint, by, now, url=url, events=list(events))
    return endpoint


@transaction.atomic
def rotate_secret(*, endpoint: WebhookEndpoint, by: User, now: datetime) -> str:
    """A new secret, to be shown once; for a day messages carry signatures of both. Raises RotatedAlready within that day."""
    endpoint = _held(endpoint, by)
    if endpoint.previous_until and endpoint.previous_until > now:
        raise RotatedAlready
    secret = _new_secret()
    endpoint.previous_secret, endpoint.previous_until = endpoint.secret, now + SECRET_OVERLAP
    endpoint.secret = seal(secret, PURPOSE)
    endpoint.save(update_fields=["secret", "previous_secret", "previous_until"])
    _record("rotated", endpoint, by, now)
    return secret


@transaction.atomic
def switch_endpoint(*, endpoint: WebhookEndpoint, on: bool, by: User, now: datetime) -> WebhookEndpoint:
    """Send there, or not; what waits is kept. Doing it twice changes nothing. Raises NotAnOwner and EndpointGone."""
    endpoint = _held(endpoint, by)
    if on == (endpoint.disabled_at is None):
        return endpoint
    endpoint.disabled_at = None if on else now
    endpoint.disabled_because = "" if on else DisabledBecause.OWNER
    endpoint.failing_since = None
    endpoint.save(update_fields=["disabled_at", "disabled_because", "failing_since"])
    _record("switched_on" if on else "switched_off", endpoint, by, now)
    if on:
        enqueue("employers.deliver_webhooks")
    return endpoint


@transaction.atomic
def remove_endpoint(*, endpoint: WebhookEndpoint, by: User, now: datetime) -> None:
    """Send nothing there any more, and forget what was sent, a day later. Raises NotAnOwner and EndpointGone."""
    endpoint = _held(endpoint, by)
    endpoint.removed_at = endpoint.disabled_at = now
    endpoint.disabled_because = DisabledBecause.OWNER
    endpoint.save(update_fields=["removed_at", "disabled_at", "disabled_because"])
    _record("removed", endpoint, by, now, url=endpoint.url)


@transaction.atomic
def send_test(*, endpoint: WebhookEndpoint, by: User, now: datetime) -> None:
    """Write a message that tells nothing, to try the address out. Raises NotAnOwner and EndpointGone."""
    endpoint = _held(endpoint, by)
    untried = endpoint.deliveries.filter(event=TEST_EVENT, state=DeliveryState.WAITING, attempts=0)
    if not untried.exists():
        _write([endpoint], event=TEST_EVENT, data={"hello": "world"}, now=now)


@transaction.atomic
def replay(*, endpoint: WebhookEndpoint, delivery_id: UUID, by: User, now: datetime) -> WebhookDelivery:
    """Send a settled message once more under its old id, with all its attempts before it. Raises EndpointGone.

    One that waits or is being sent is left as it is.
    """
    endpoint = _held(endpoint, by)
    delivery = endpoint.deliveries.select_for_update(no_key=True).filter(pk=delivery_id).first()
    if delivery is None:
        raise EndpointGone
    if delivery.state in (DeliveryState.DELIVERED, DeliveryState.FAILED):
        delivery.state, delivery.settled_at, delivery.next_attempt_at = DeliveryState.WAITING, None, now
        delivery.attempts = 0
        delivery.save(update_fields=["state", "settled_at", "next_attempt_at", "attempts"])
        _record("replayed", endpoint, by, now, delivery=str(delivery.pk))
        enqueue("employers.deliver_webhooks")
    return delivery


def _held(endpoint: WebhookEndpoint, by: User) -> WebhookEndpoint:
    """The row, locked after its employer's, and `by` is an owner."""
    held_by_owner(endpoint.employer, by)
    held = (
        WebhookEndpoint.objects.select_for_update(no_key=True).filter(pk=endpoint.pk, removed_at=None).first()
    )
    if held is None:
        raise EndpointGone
    return held


def _new_secret() -> str:
    """32 random bytes, as Standard Webhooks writes them."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _record(what: str, endpoint: WebhookEndpoint, by: User, now: datetime, **data: Any) -> None:
    verb = f"employer.webhook_{what}"
    audit.record(verb=verb, target=endpoint.employer, by=by, now=now, webhook=endpoint.pk, **data)
