"""What a version asks for, row by row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.enums import CEFRLevel
from vacancies.enums import CountryPayState
from vacancies.models.version import VacancyVersion


class VersionLanguage(models.Model):
    """A language with its required level; `must=False` is nice to have and never a gate."""

    version = models.ForeignKey(VacancyVersion, on_delete=models.CASCADE, related_name="languages")
    language = models.ForeignKey("reference.Language", on_delete=models.PROTECT, verbose_name=_("language"))
    level = models.PositiveSmallIntegerField(_("level"), choices=CEFRLevel)
    must = models.BooleanField(_("required"), default=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)

    class Meta:
        verbose_name = _("language asked for")
        verbose_name_plural = _("languages asked for")
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="version_language_once"),
            models.CheckConstraint(
                condition=models.Q(weight__range=(1, 5)), name="version_language_weight_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language_id} {self.get_level_display()}"


class VersionSkill(models.Model):
    """A skill; `must=True` with a minimum (1–3) is a gate, otherwise it is wanted with a weight."""

    version = models.ForeignKey(VacancyVersion, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey("reference.Skill", on_delete=models.PROTECT, verbose_name=_("skill"))
    must = models.BooleanField(_("required"), default=False)
    minimum = models.PositiveSmallIntegerField(_("minimum"), default=1)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)

    class Meta:
        verbose_name = _("skill asked for")
        verbose_name_plural = _("skills asked for")
        constraints = [
            models.UniqueConstraint(fields=["version", "skill"], name="version_skill_once"),
            models.CheckConstraint(
                condition=models.Q(minimum__range=(1, 3)), name="version_skill_minimum_possible"
            ),
            models.CheckConstraint(
                condition=models.Q(weight__range=(1, 5)), name="version_skill_weight_possible"
            ),
        ]

    def __str__(self) -> str:
        return self.skill_id


class VersionShift(models.Model):
    """A working block in the vacancy's zone, perhaps over midnight; `must` blocks have to be covered fully."""

    version = models.ForeignKey(VacancyVersion, on_delete=models.CASCADE, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    start_minute = models.PositiveSmallIntegerField(_("start"))
    duration_minutes = models.PositiveSmallIntegerField(_("length"))
    must = models.BooleanField(_("must be covered"), default=False)

    class Meta:
        verbose_name = _("block of the week")
        verbose_name_plural = _("blocks of the week")
        ordering = ["weekday", "start_minute"]
        constraints = [
            models.UniqueConstraint(fields=["version", "weekday", "start_minute"], name="version_shift_once"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="version_shift_weekday_possible"),
            models.CheckConstraint(
                condition=models.Q(start_minute__lt=1440), name="version_shift_start_possible"
            ),
            models.CheckConstraint(
                condition=models.Q(duration_minutes__range=(15, 1440)), name="version_shift_length_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.start_minute}+{self.duration_minutes}"


class VersionCountry(models.Model):
    """A country where people may be hired, perhaps with a pay range of its own, and how that stands to its floor.

    `pay_*` are in the version's currency and period unless `currency` says otherwise. The check is stored with its date;
    rankings check again on their own date.
    """

    version = models.ForeignKey(VacancyVersion, on_delete=models.CASCADE, related_name="countries")
    country = models.ForeignKey("reference.Country", on_delete=models.PROTECT, verbose_name=_("country"))
    pay_min = models.DecimalField(_("pay from"), max_digits=14, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(_("pay to"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    pay_state = models.CharField(max_length=8, choices=CountryPayState, blank=True)
    pay_facts = models.JSONField(default=dict, blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("country to hire in")
        verbose_name_plural = _("countries to hire in")
        constraints = [
            models.UniqueConstraint(fields=["version", "country"], name="version_country_once"),
            models.CheckConstraint(
                condition=models.Q(pay_min=None, pay_max=None)
                | models.Q(pay_min__gt=0, pay_max__gte=models.F("pay_min")),
                name="version_country_pay_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.country_id
