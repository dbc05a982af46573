"""Webhooks of a company that is no longer accepted wait, and go on when it is accepted again; the log of each says so."""

from datetime import datetime
from typing import Any

from django.db.models import F, Func, JSONField, Value

from common.queue import enqueue
from employers.enums import DeliveryState, HoldStep
from employers.models import Employer, WebhookDelivery


def hold_step(step: str, now: datetime) -> dict[str, Any]:
    """What the log of a delivery says: no attempt, but why there is none."""
    return {"at": now.isoformat(), "status": 0, "ms": 0, "words": "", "hold": str(step)}


def hold_webhooks(*, employer: Employer, now: datetime) -> None:
    """Note why what waits stays. Nothing of a company that is not accepted is sent (`WebhookDelivery.objects.due`)."""
    _note(employer, HoldStep.HELD, now)


def release_webhooks(*, employer: Employer, now: datetime) -> None:
    """Send what waited. The time in which nothing was sent does not count as time in which an address did not answer."""
    employer.webhooks.filter(failing_since__isnull=False).update(failing_since=now)
    if _note(employer, HoldStep.RELEASED, now):
        enqueue("employers.deliver_webhooks")


def _note(employer: Employer, step: str, now: datetime) -> int:
    said = Value([hold_step(step, now)], JSONField())
    longer = Func(F("tries"), said, template="%(expressions)s", arg_joiner=" || ", output_field=JSONField())
    waiting = WebhookDelivery.objects.filter(endpoint__employer=employer, state=DeliveryState.WAITING)
    return waiting.update(tries=longer)
