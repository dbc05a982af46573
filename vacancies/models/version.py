"""One version of a vacancy's words and figures."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from common.money import PayPeriod
from vacancies.enums import ContractForm, LegalEmployer
from vacancies.models.vacancy import Vacancy


class VacancyVersion(models.Model):
    """What is asked and offered. Frozen once `frozen_at` is set (when it becomes current); edits make the next number."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("the work"), max_length=8000, blank=True)
    occupation = models.ForeignKey(
        "reference.Occupation", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("occupation")
    )
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("sector")
    )
    channels = ArrayField(
        models.CharField(max_length=32), default=list, blank=True, verbose_name=_("channels")
    )

    zone = models.CharField(_("time zone of the shift"), max_length=64, blank=True)
    hours_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    start_date = models.DateField(_("start"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), default=6)
    openings = models.PositiveSmallIntegerField(_("openings"), default=1)
    contract_form = models.CharField(
        _("contract"), max_length=16, choices=ContractForm, default=ContractForm.EMPLOYMENT
    )
    legal_employer = models.CharField(
        _("legal employer"), max_length=16, choices=LegalEmployer, default=LegalEmployer.CLIENT
    )
    legal_employer_name = models.CharField(_("name of the legal employer"), max_length=120, blank=True)

    pay_min = models.DecimalField(_("pay from"), max_digits=14, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(_("pay to"), max_digits=14, decimal_places=2, null=True, blank=True)
    pay_currency = models.CharField(_("currency"), max_length=3, default="EUR")
    pay_period = models.CharField(_("period"), max_length=8, choices=PayPeriod, default=PayPeriod.HOUR)

    customer_countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("customers' countries")
    )
    culture_wanted = models.BooleanField(_("cultural fit counts"), default=False)
    locality_wanted = models.BooleanField(
        _("being at home with the customers' countries counts"), default=False
    )
    locality_for = models.CharField(_("which part of the work needs it"), max_length=400, blank=True)
    weights = models.JSONField(_("weights of the parts"), default=dict, blank=True)

    class Meta:
        verbose_name = _("vacancy version")
        verbose_name_plural = _("vacancy versions")
        indexes = [
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="version_title_trigrams"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(pay_min=None) | models.Q(pay_min__gt=0), name="version_pay_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(pay_min=None)
                | models.Q(pay_max=None)
                | models.Q(pay_max__gte=models.F("pay_min")),
                name="version_pay_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(hours_week=None) | models.Q(hours_week__range=(1, 60)),
                name="version_hours_possible",
            ),
            models.CheckConstraint(
                condition=models.Q(months__range=(1, 120)), name="version_months_possible"
            ),
            models.CheckConstraint(
                condition=models.Q(openings__range=(1, 10_000)), name="version_openings_possible"
            ),
            models.CheckConstraint(
                condition=models.Q(locality_wanted=False) | ~models.Q(locality_for=""),
                name="version_locality_says_for_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.number})"
