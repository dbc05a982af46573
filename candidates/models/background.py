"""Places a candidate knows, markets they served and work they did."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.enums import PlaceTie
from candidates.models.candidate import Candidate


class PlaceKnown(models.Model):
    """A country, perhaps a city, in which the person lived, worked or studied."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="places")
    country = models.ForeignKey("reference.Country", on_delete=models.PROTECT, verbose_name=_("country"))
    city = models.CharField(_("city"), max_length=80, blank=True)
    tie = models.CharField(_("how you know it"), max_length=8, choices=PlaceTie)
    years = models.PositiveSmallIntegerField(_("years"))

    class Meta:
        verbose_name = _("place known")
        verbose_name_plural = _("places known")
        constraints = [
            models.UniqueConstraint("candidate", "country", "city", "tie", name="candidate_place_once"),
            models.CheckConstraint(condition=models.Q(years__lte=80), name="candidate_place_years_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.city}"


class MarketServed(models.Model):
    """A country whose customers the person served."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="markets")
    country = models.ForeignKey("reference.Country", on_delete=models.PROTECT, verbose_name=_("country"))

    class Meta:
        verbose_name = _("market served")
        verbose_name_plural = _("markets served")
        constraints = [models.UniqueConstraint("candidate", "country", name="candidate_market_once")]

    def __str__(self) -> str:
        return self.country_id


class Experience(models.Model):
    """Months of work in one sector through one channel. No employer names: a CV is never a gate."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, db_index=False, related_name="experience"
    )
    sector = models.ForeignKey("reference.Sector", on_delete=models.PROTECT, verbose_name=_("sector"))
    channel = models.ForeignKey("reference.Channel", on_delete=models.PROTECT, verbose_name=_("channel"))
    months = models.PositiveSmallIntegerField(_("months"))

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experience")
        # Finds a person's rows, and holds all that matching reads of them.
        indexes = [
            models.Index(
                fields=["candidate"],
                include=["sector", "channel", "months"],
                name="candidate_experience_read",
            )
        ]
        constraints = [
            models.UniqueConstraint("candidate", "sector", "channel", name="candidate_experience_once"),
            models.CheckConstraint(
                condition=models.Q(months__range=(1, 720)), name="candidate_experience_months_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector_id}/{self.channel_id} {self.months}"
