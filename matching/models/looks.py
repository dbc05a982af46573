"""Which lists a recruiter should look at, and what each looked like at the last look."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.enums import Look


class CurationLook(models.Model):
    """One row for every open vacancy that has a list. `reasons` are why it wants a look now, `since` when it first did.

    `shown` are the people shown at the last look and `accepted` the reasons that held then: those are worth no second
    look until the list has changed. The audit log keeps every look; this row is only the newest.
    """

    vacancy = models.OneToOneField(
        "vacancies.Vacancy", on_delete=models.CASCADE, primary_key=True, related_name="curation_look"
    )
    reasons = ArrayField(
        models.CharField(max_length=8, choices=Look), default=list, verbose_name=_("why it wants a look")
    )
    since = models.DateTimeField(_("since"), null=True)
    shown = ArrayField(models.BigIntegerField(), default=list)
    accepted = ArrayField(models.CharField(max_length=8, choices=Look), default=list)
    looked_at = models.DateTimeField(_("last look"), null=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("match to curate")
        verbose_name_plural = _("matches to curate")
        indexes = [
            models.Index(
                fields=["since", "vacancy"], condition=models.Q(since__isnull=False), name="look_wanted"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since=None, reasons=[])
                | models.Q(since__isnull=False) & ~models.Q(reasons=[]),
                name="look_wanted_has_reasons",
            ),
            models.CheckConstraint(
                condition=models.Q(looked_at=None, looked_by=None)
                | models.Q(looked_at__isnull=False, looked_by__isnull=False),
                name="look_taken_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return str(self.vacancy)
