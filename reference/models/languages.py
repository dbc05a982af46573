"""Languages, and where they are used."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.enums import LanguageStatus
from reference.models.places import Country
from reference.models.sourced import SourcedFact
from reference.names import language_name


class Language(models.Model):
    """A language (BCP 47 code). Its name comes from CLDR in the reader's language."""

    code = models.CharField(_("code"), max_length=8, primary_key=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[a-z]{2,3}$"), name="language_code_is_bcp47"
            )
        ]

    def __str__(self) -> str:
        return language_name(self.code)


class CountryLanguage(SourcedFact):
    """Share of a country's people able to use a language, in percent. Good for which, weak for how many."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="languages")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="countries")
    percent = models.DecimalField(_("percent of the population"), max_digits=7, decimal_places=4)
    status = models.CharField(_("standing"), max_length=20, choices=LanguageStatus, blank=True)

    class Meta:
        verbose_name = _("language of a country")
        verbose_name_plural = _("languages of countries")
        constraints = [
            models.UniqueConstraint("country", "language", name="country_language_once"),
            models.CheckConstraint(
                condition=models.Q(percent__range=(0, 100)), name="country_language_percent_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.language_id}"
