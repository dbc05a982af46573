"""What the answers to a bank say of its items; nothing changes until a person accepts it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import CalibrationState
from assessments.models.bank import Bank


class CalibrationRun(models.Model):
    """One working-out of a bank's answers: parameters, their errors, fit and differences between groups.

    `found` is as `assessments.queries.calibration.Found` writes it; `digest` is that of everything it was computed from.
    """

    bank = models.ForeignKey(
        Bank, on_delete=models.CASCADE, related_name="calibrations", verbose_name=_("bank")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=CalibrationState, default=CalibrationState.WAITING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for"))
    sent_at = models.DateTimeField(_("sent to a worker"))
    tries = models.PositiveSmallIntegerField(_("times sent"), default=1)
    done_at = models.DateTimeField(_("worked out"), null=True, blank=True)
    sessions = models.PositiveIntegerField(_("sessions"), default=0)
    responses = models.PositiveIntegerField(_("answers"), default=0)
    digest = models.CharField(_("digest of the input"), max_length=64, blank=True)
    found = models.JSONField(_("result"), default=dict, blank=True)
    failure = models.TextField(_("why it failed"), blank=True)

    class Meta:
        verbose_name = _("calibration")
        verbose_name_plural = _("calibrations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                "bank", condition=models.Q(state="waiting"), name="calibration_one_waiting_per_bank"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", done_at=None)
                | models.Q(state="done", done_at__isnull=False, failure="")
                | (models.Q(state="failed", done_at__isnull=False) & ~models.Q(failure="")),
                name="calibration_state_has_its_facts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_id} {self.get_state_display()} {self.asked_at:%Y-%m-%d}"
