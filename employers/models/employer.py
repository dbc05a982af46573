"""An employer and its facts."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.naming import day_in_words
from employers.enums import EmployerState


class Employer(models.Model):
    """A company that may post vacancies once accepted. Team facts feed the culture fit."""

    name = models.CharField(_("company name"), max_length=120)
    website = models.URLField(_("website"), blank=True)
    country = models.ForeignKey("reference.Country", on_delete=models.PROTECT, verbose_name=_("country"))
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    about = models.TextField(_("what the company does"), max_length=4000)
    headcount = models.PositiveIntegerField(_("number of staff"))
    working_languages = ArrayField(
        models.CharField(max_length=8), verbose_name=_("working languages"), size=8
    )
    work_style = ArrayField(
        models.PositiveSmallIntegerField(), size=24, null=True, blank=True, verbose_name=_("team work style"),
        help_text=_("24 answers from 1 to 5 on the statements of the work-style scales."),
    )  # fmt: skip
    work_style_version = models.CharField(_("version of the statements"), max_length=8, blank=True)
    facts_changed_at = models.DateTimeField(
        _("facts last changed"), default=timezone.now, db_index=True, editable=False
    )
    state = models.CharField(_("state"), max_length=16, choices=EmployerState, default=EmployerState.APPLIED)
    applied_at = models.DateTimeField(_("applied"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision_reason = models.TextField(_("reason"), blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        constraints = [
            models.CheckConstraint(condition=models.Q(headcount__gte=1), name="employer_headcount_positive"),
            models.CheckConstraint(
                condition=models.Q(state="applied", decided_at=None)
                | (~models.Q(state="applied") & models.Q(decided_at__isnull=False)),
                name="employer_decided_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="rejected") | ~models.Q(decision_reason=""),
                name="employer_rejection_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EmployerStaff(models.Model):
    """How many people of the employer live in one country."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="staff")
    country = models.ForeignKey("reference.Country", on_delete=models.PROTECT, verbose_name=_("country"))
    headcount = models.PositiveIntegerField(_("people"))

    class Meta:
        verbose_name = _("staff by country")
        verbose_name_plural = _("staff by country")
        constraints = [
            models.UniqueConstraint(fields=["employer", "country"], name="employer_staff_once_per_country"),
            models.CheckConstraint(condition=models.Q(headcount__gte=1), name="employer_staff_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.country_id}: {self.headcount}"


class EmployerStatusLog(models.Model):
    """Every move of an employer's state; append-only."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="status_log")
    state = models.CharField(_("state"), max_length=16, choices=EmployerState)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of an employer")
        verbose_name_plural = _("steps of an employer")

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {day_in_words(self.at)}"
