"""What the market looked like, worked out once a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MarketReport(models.Model):
    """Supply and demand as they were at one moment, counted in the background so that a page only reads.

    `figures` holds what `marketplace.administration.market` worked out; `seconds` is how long that took.
    """

    made_at = models.DateTimeField(_("made"))
    on = models.DateField(_("facts of"))
    seconds = models.FloatField(_("seconds"))
    figures = models.JSONField()

    class Meta:
        verbose_name = _("market report")
        verbose_name_plural = _("market reports")
        indexes = [models.Index(fields=["-made_at", "-id"], name="market_newest_first")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
