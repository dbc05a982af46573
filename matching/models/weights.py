"""How much the parts of a score may count for an employer: set by staff, never changed, only superseded."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.naming import day_in_words
from matching.engine import PARTS
from matching.engine.parts import MAX_WEIGHT


class NeverChanged(models.Model):
    """A row that is written once. A trigger in the database refuses changes too."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if not self._state.adding:
            raise TypeError("a weight policy is never changed: add one that supersedes it")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError("a weight policy is never deleted: add one that supersedes it")


class WeightPolicy(NeverChanged):
    """Usual weights and their bounds for a kind of work, from a day on. Of one day the row written last holds.

    `occupation` None stands for all work without a policy of its own; `set_by` None for what the product ships.
    """

    occupation = models.ForeignKey(
        "reference.Occupation",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kind of work"),
    )
    valid_from = models.DateField(_("holds from"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set by"),
    )
    set_at = models.DateTimeField(_("set"))
    reason = models.TextField(_("reason"), max_length=1000)

    class Meta:
        verbose_name = _("weight policy")
        verbose_name_plural = _("weight policies")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="weight_policy_has_reason"),
            models.UniqueConstraint(
                fields=["occupation", "valid_from"],
                condition=Q(set_by=None),
                nulls_distinct=False,
                name="weight_policy_shipped_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation or _('all work')}, {day_in_words(self.valid_from)}"


class PartBounds(NeverChanged):
    """How much one part counts under a policy: usually, at least, at most."""

    policy = models.ForeignKey(WeightPolicy, on_delete=models.CASCADE, related_name="bounds")
    part = models.CharField(_("part"), max_length=16)
    usual = models.PositiveSmallIntegerField(_("usual"))
    least = models.PositiveSmallIntegerField(_("at least"))
    most = models.PositiveSmallIntegerField(_("at most"))

    class Meta:
        verbose_name = _("bounds of a part")
        verbose_name_plural = _("bounds of parts")
        constraints = [
            models.UniqueConstraint(fields=["policy", "part"], name="part_bounds_once"),
            models.CheckConstraint(
                condition=Q(least__lte=F("usual"), usual__lte=F("most"), most__lte=MAX_WEIGHT),
                name="part_bounds_ordered",
            ),
            models.CheckConstraint(
                condition=Q(part__in=[str(p) for p in PARTS]), name="part_bounds_of_a_part"
            ),
            models.CheckConstraint(
                condition=~Q(part="pay") | Q(usual=0, least=0, most=0),
                name="pay_never_counts_for_an_employer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.part} {self.least}–{self.usual}–{self.most}"
