"""Countries, their regions and their time zones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.names import country_name
from reference.vocabularies import in_active_language


class Country(models.Model):
    """A country or territory (ISO 3166-1 alpha-2, XK for Kosovo). `researched` countries have facts of their own."""

    iso2 = models.CharField(_("code"), max_length=2, primary_key=True)
    currency = models.CharField(_("currency"), max_length=3)
    eu = models.BooleanField(_("European Union"), default=False)
    eea = models.BooleanField(_("European Economic Area"), default=False)
    researched = models.BooleanField(_("facts gathered"), default=False)
    main_zone = models.ForeignKey(
        "reference.Zone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main time zone"),
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["iso2"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(iso2__regex=r"^[A-Z]{2}$"), name="country_code_is_iso2"
            ),
            models.CheckConstraint(
                condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="country_currency_is_iso"
            ),
            models.CheckConstraint(
                condition=models.Q(eu=False) | models.Q(eea=True), name="country_eu_is_in_eea"
            ),
        ]

    def __str__(self) -> str:
        return country_name(self.iso2)


class Region(models.Model):
    """A first-level part of a country (ISO 3166-2) where facts differ inside the country."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="regions", verbose_name=_("country")
    )
    name = models.CharField(_("name"), max_length=80)
    name_nl = models.CharField(
        _("Dutch name"), max_length=80, blank=True, db_default="", help_text=_("empty = called the same")
    )

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["country", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2}-[A-Z0-9]{1,3}$"), name="region_code_is_iso"
            ),
            models.UniqueConstraint("country", "name", name="region_name_once"),
        ]

    def __str__(self) -> str:
        """As the reader's language calls it."""
        return in_active_language({"en": self.name, "nl": self.name_nl})


class Zone(models.Model):
    """An IANA time zone and the country it is listed under."""

    name = models.CharField(_("time zone"), max_length=64, primary_key=True)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="zones", verbose_name=_("country")
    )
    note = models.CharField(_("where"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("time zone")
        verbose_name_plural = _("time zones")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
