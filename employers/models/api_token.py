"""Tokens with which an employer's own systems call the API, and the calls that are answered once."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.enums import ApiScope, EmployerState
from employers.models.membership import Membership


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """The words in which tokens are asked for."""

    def live(self, now: datetime) -> "ApiTokenQuerySet":
        """Neither revoked nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=now)

    def ending_untold(self, now: datetime, days: int) -> "ApiTokenQuerySet":
        """Live ones of accepted employers that end within so many days, nobody having been told so near the end. Whatever
        a renewed token was used for has gone over to the next one, unless it was used since."""
        still_used = models.Q(renewed_at=None) | models.Q(last_used_at__gt=models.F("renewed_at"))
        untold = models.Q(told_days_before=None) | models.Q(told_days_before__gt=days)
        return self.live(now).filter(
            still_used,
            untold,
            expires_at__lte=now + timedelta(days=days),
            membership__employer__state=EmployerState.ACCEPTED,
        )


class ApiToken(models.Model):
    """What a program shows instead of signing in. It acts as the member who made it, and goes with that membership.

    Only a digest is kept; `prefix` is the beginning that people recognise it by. `renewed_at` is when another token was
    made to take its place, `told_days_before` how many days before its end people were told of it last. `form_key` is that
    of the page that made it, so that a form sent twice makes one token.
    """

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="api_tokens", verbose_name=_("made by")
    )
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=16)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=24, choices=ApiScope), verbose_name=_("may be used to"), size=12
    )
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    renewed_at = models.DateTimeField(_("renewed"), null=True, blank=True)
    told_days_before = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    form_key = models.UUIDField(null=True, blank=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token of the API")
        verbose_name_plural = _("tokens of the API")
        constraints = [
            models.UniqueConstraint(fields=["membership", "form_key"], name="api_token_form_sent_once"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="api_token_expires_later"
            ),
            models.CheckConstraint(condition=~models.Q(scopes=[]), name="api_token_is_for_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def scope_labels(self) -> list[str]:
        """What it may be used for, in words."""
        return [str(ApiScope(scope).label) for scope in self.scopes if scope in ApiScope.values]


class ApiCall(models.Model):
    """The answer to a request that carried an Idempotency-Key, written in the transaction of what it did.

    So it exists if and only if the effect does: the same request again gets the same answer and changes nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="calls")
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    headers: Any = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("answered call of the API")
        verbose_name_plural = _("answered calls of the API")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_call_key_once")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key} {self.status}"
