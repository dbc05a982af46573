"""What asks a person to look at a result, and the short test that confirms one."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import ConfirmationOutcome, ConfirmationState, FlagDecision, FlagReason, FlagState
from assessments.models.measurement import Measurement
from assessments.models.session import Session


class IntegrityFlag(models.Model):
    """Something about a session that asks a person to look. It changes no score and no ranking.

    `facts` are the figures and the thresholds that they passed, as published. The candidate sees the flag and may answer
    it until somebody decides.
    """

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="flags", verbose_name=_("session")
    )
    reason = models.CharField(_("what stood out"), max_length=24, choices=FlagReason)
    facts = models.JSONField(_("figures"))
    state = models.CharField(_("state"), max_length=16, choices=FlagState, default=FlagState.OPEN)
    raised_at = models.DateTimeField(_("raised"))
    answer = models.TextField(_("the person's answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=24, choices=FlagDecision, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("integrity flag")
        verbose_name_plural = _("integrity flags")
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint("session", "reason", name="integrity_flag_once"),
            models.CheckConstraint(
                condition=models.Q(
                    state="open", decision="", decision_reason="", decided_by=None, decided_at=None
                )
                | (
                    models.Q(state="decided", decided_by__isnull=False, decided_at__isnull=False)
                    & ~models.Q(decision="")
                    & ~models.Q(decision_reason="")
                ),
                name="integrity_flag_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())


class ConfirmationTest(models.Model):
    """A short test asked of somebody to confirm one measurement, before an offer or because of a flag.

    `difference` is how far the measured ability lies above the one found now, `allowed` the most that two honest results
    differ by, both in logits. The outcome never changes a level by itself.
    """

    measurement = models.ForeignKey(
        Measurement, on_delete=models.CASCADE, related_name="confirmations", verbose_name=_("measurement")
    )
    state = models.CharField(
        _("state"), max_length=16, choices=ConfirmationState, default=ConfirmationState.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    session = models.OneToOneField(
        Session,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="confirmation",
        verbose_name=_("session"),
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=ConfirmationOutcome, blank=True)
    difference = models.FloatField(_("difference"), null=True, blank=True)
    allowed = models.FloatField(_("allowed difference"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("confirmation test")
        verbose_name_plural = _("confirmation tests")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                "measurement", condition=models.Q(state="asked"), name="confirmation_one_asked"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(
                        state="done",
                        difference__isnull=False,
                        allowed__isnull=False,
                        done_at__isnull=False,
                    )
                    & ~models.Q(outcome="")
                )
                | (
                    ~models.Q(state="done")
                    & models.Q(outcome="", difference=None, allowed=None, done_at=None)
                ),
                name="confirmation_done_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measurement} {self.get_state_display()}"
