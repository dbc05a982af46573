"""What a person needs to be able to show what they can do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import ExtraTime


class Accommodation(models.Model):
    """What one person recorded for all their tests. Theirs alone: no page, list or interface of anybody else reads it.

    It is not registered in the administration, is no column of the pool, and goes with the person or at their wish.
    """

    candidate = models.OneToOneField(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="accommodation",
        verbose_name=_("candidate"),
    )
    extra_time = models.PositiveSmallIntegerField(
        _("extra time"), choices=ExtraTime, default=ExtraTime.NONE, help_text=_("In percent.")
    )
    no_time_limit = models.BooleanField(_("no time limit"), default=False)
    screen_reader = models.BooleanField(_("I use a screen reader"), default=False)
    larger_type = models.BooleanField(_("larger type"), default=False)
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(extra_time__in=ExtraTime.values), name="accommodation_extra_time_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id}"
