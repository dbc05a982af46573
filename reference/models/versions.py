"""Which data files are loaded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.naming import day_in_words


class FactsVersion(models.Model):
    """One loading of the data files: their digest, when, and how many rows of each."""

    digest = models.CharField(_("digest"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded"))
    counts = models.JSONField(_("rows"), default=dict)

    class Meta:
        verbose_name = _("version of the facts")
        verbose_name_plural = _("versions of the facts")
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        return f"{day_in_words(self.loaded_at)}, {self.digest[:12]}"
