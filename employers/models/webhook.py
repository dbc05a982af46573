"""Where a company's own systems are told what happened, and every message to them."""

import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.sealing import unseal
from employers.enums import DeliveryState, DisabledBecause, EmployerState, HoldStep, WebhookEvent
from employers.models.employer import Employer
from employers.rules.webhooks import URL_LENGTH

PURPOSE = "employers.webhook"


class WebhookEndpoint(models.Model):
    """An address that gets the chosen events, signed. `failing_since` is empty while its last answer was a good one.

    One that was removed stays for a day, unseen: whoever writes a message to it at that moment must not fail.
    Secrets are sealed. Until `previous_until` messages carry a signature of the previous secret, too. `form_key` is that
    of the page that made it, so that a form sent twice makes one.
    """

    employer = models.ForeignKey(
        Employer, on_delete=models.CASCADE, related_name="webhooks", verbose_name=_("employer")
    )
    url = models.CharField(_("address"), max_length=URL_LENGTH)
    events = ArrayField(
        models.CharField(max_length=40, choices=WebhookEvent), size=30, verbose_name=_("told about")
    )
    secret = models.TextField(editable=False)
    previous_secret = models.TextField(blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    disabled_at = models.DateTimeField(_("off since"), null=True, blank=True)
    disabled_because = models.CharField(_("off because"), max_length=10, choices=DisabledBecause, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    form_key = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.UniqueConstraint(fields=["employer", "form_key"], name="webhook_form_sent_once"),
            models.CheckConstraint(
                condition=models.Q(disabled_at=None, disabled_because="")
                | models.Q(disabled_at__isnull=False) & ~models.Q(disabled_because=""),
                name="webhook_off_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str:
        """Whose machine it is, short enough for a title."""
        return urlsplit(self.url).netloc

    def secrets_at(self, now: datetime) -> list[str]:
        """The secrets that sign a message now: the current one, and the previous one while both hold."""
        both = [self.secret]
        if self.previous_until and self.previous_until > now:
            both.append(self.previous_secret)
        return [unseal(sealed, PURPOSE) for sealed in both]


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """The words in which deliveries are asked for."""

    def due(self, now: datetime) -> "WebhookDeliveryQuerySet":
        """Waiting, not before their next attempt, for an address that is on, of an accepted company."""
        return self.filter(
            state=DeliveryState.WAITING,
            next_attempt_at__lte=now,
            endpoint__disabled_at=None,
            endpoint__employer__state=EmployerState.ACCEPTED,
        )


class WebhookDelivery(models.Model):
    """One message to one address, written in the transaction of what it tells about.

    `body` is exactly what is signed and sent. `subject` is what it is about: while a message with the same event and
    subject has not been tried yet, no second one is written. `message_id` is the same at every attempt, so that a receiver
    can drop a double; `tries` says of each attempt when, which status, how long and what went wrong, or with `hold` why
    there was none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    event = models.CharField(_("event"), max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    body = models.TextField(_("message"))
    created_at = models.DateTimeField(_("written"))
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    tries: Any = models.JSONField(default=list)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of a webhook")
        verbose_name_plural = _("deliveries of webhooks")
        indexes = [
            models.Index(
                "next_attempt_at", condition=models.Q(state__in=["waiting", "sending"]), name="webhook_due"
            ),
            models.Index(fields=["endpoint", "-created_at", "-id"], name="webhook_log"),
            models.Index(fields=["created_at"], name="webhook_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["delivered", "failed"], settled_at__isnull=False)
                | models.Q(state__in=["waiting", "sending"], settled_at=None),
                name="webhook_settled_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sending", claimed_at__isnull=False)
                | ~models.Q(state="sending") & models.Q(claimed_at=None),
                name="webhook_sending_is_claimed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def log(self) -> list[dict[str, Any]]:
        """The attempts, each with `hold_words`: why there was none, where it was none."""
        holds = {step.value: step.label for step in HoldStep}
        return [{**entry, "hold_words": holds.get(entry.get("hold", ""), "")} for entry in self.tries]

    @property
    def message_id(self) -> str:
        """What the receiver knows it by."""
        return f"msg_{self.id.hex}"
