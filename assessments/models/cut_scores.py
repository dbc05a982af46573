"""Where the levels of a bank begin, and who said so."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import CutMethod
from assessments.models.bank import Bank


class CutScores(models.Model):
    """Lower bounds of the levels of a bank, in logits; append-only, the newest holds and stands on the bank too.

    `set_by` is empty where the bank's file says so. A session keeps the row that it began with.
    """

    bank = models.ForeignKey(
        Bank, on_delete=models.CASCADE, related_name="cut_scores", verbose_name=_("bank")
    )
    cuts = models.JSONField(_("lower bound of each level"))
    method = models.CharField(_("method"), max_length=24, choices=CutMethod)
    note = models.TextField(_("who took part, and what was found"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set by"),
    )
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("cut scores")
        verbose_name_plural = _("cut scores")
        ordering = ["bank", "-pk"]

    def __str__(self) -> str:
        return f"{self.bank_id} {self.cuts}"
