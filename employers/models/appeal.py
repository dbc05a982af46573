"""An employer that was refused asks for a second look."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.naming import day_in_words
from employers.enums import AppealState
from employers.models.employer import Employer, EmployerStatusLog


class CompanyAppeal(models.Model):
    """One appeal for each refusal; somebody else than who refused judges it, by `answer_by`, with an answer in words."""

    employer = models.ForeignKey(
        Employer, on_delete=models.CASCADE, related_name="appeals", verbose_name=_("employer")
    )
    refusal = models.OneToOneField(
        EmployerStatusLog, on_delete=models.CASCADE, related_name="appeal", verbose_name=_("refusal")
    )
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("refused by")
    )
    text = models.TextField(_("what the employer says"), max_length=4000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"))
    answer_by = models.DateField(_("answer promised by"))
    state = models.CharField(_("state"), max_length=16, choices=AppealState, default=AppealState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("judged by"),
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("appeal of a company")
        verbose_name_plural = _("appeals of companies")
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=models.Q(state="open"), name="company_appeal_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at=None)
                | ~models.Q(state="open") & models.Q(ended_at__isnull=False),
                name="company_appeal_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["granted", "dismissed"])
                | models.Q(decided_by__isnull=False) & ~models.Q(answer=""),
                name="company_appeal_judged_has_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("refused_by")),
                name="company_appeal_judged_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by"], condition=models.Q(state="open"), name="company_appeal_to_judge"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employer}, {day_in_words(self.made_at)}"
