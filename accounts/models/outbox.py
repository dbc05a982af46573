"""Mail waiting to leave: written in the same transaction as what it tells about."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import MailState

EXTRA_HEADERS = frozenset({"List-Unsubscribe", "List-Unsubscribe-Post"})
"""What a row may add to the headers that every mail has. Nothing else, least of all another recipient."""


class OutboxMailQuerySet(models.QuerySet["OutboxMail"]):
    """The words in which the outbox is asked."""

    def due(self, now: datetime) -> "OutboxMailQuerySet":
        """Waiting, and not before their next attempt."""
        return self.filter(state=MailState.WAITING, next_attempt_at__lte=now)

    def stuck(self, since: datetime) -> "OutboxMailQuerySet":
        """Claimed before `since` and never finished: their worker died."""
        return self.filter(state=MailState.SENDING, claimed_at__lte=since)


class OutboxMail(models.Model):
    """A rendered mail. The sending room owns the template; this row holds the text.

    `attempts` counts tries to deliver, `interruptions` those that ended with the death of the worker, where nobody
    knows whether the mail left. The Message-ID is made of `id`, so every attempt carries the same one. `about` holds the
    ids of the users whom it names to somebody else; empty in rows from before that was kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.EmailField(_("to"), max_length=254)
    sender = models.CharField(_("from"), max_length=254)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=MailState, default=MailState.WAITING)
    created_at = models.DateTimeField(_("written"), db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    interruptions = models.PositiveSmallIntegerField(_("interrupted attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    about = ArrayField(models.BigIntegerField(), null=True, blank=True, editable=False)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mail outbox")
        ordering = ["-created_at", "id"]
        indexes = [
            GinIndex(fields=["about"], name="outbox_about"),
            models.Index(
                "next_attempt_at", condition=models.Q(state__in=["waiting", "sending"]), name="outbox_due"
            ),
            GinIndex(OpClass(Upper("recipient"), name="gin_trgm_ops"), name="outbox_recipient_trigrams"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at=None)),
                name="outbox_sent_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sending", claimed_at__isnull=False)
                | (~models.Q(state="sending") & models.Q(claimed_at=None)),
                name="outbox_sending_is_claimed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    @property
    def state_words(self) -> str:
        """The state for a reader: without a mail server nothing will ever leave, and nobody should wait for it."""
        if self.state == MailState.WAITING and settings.EMAIL_DELIVERY is None:
            return gettext("shown here instead of sent")
        return self.get_state_display()

    @property
    def message_id(self) -> str:
        """The Message-ID header: the same at every attempt, so that a receiver can drop a double."""
        domain = self.sender.rpartition("@")[2].strip("> ") or "localhost"
        return f"<{self.id}@{domain}>"
