"""Somebody on a shortlist whom the employer does not want to go on with, before any application."""

from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from placements.enums import EmployerReason

WORDS: Final = 500
"""Most characters of what is added to the reason."""


class SetAside(models.Model):
    """A person whom an employer set aside for one vacancy, with a reason that the person reads on their match page.

    Nobody is written to. Taking it back keeps the row with its moment; of each pair at most one row stands.
    """

    vacancy = models.ForeignKey(
        "vacancies.Vacancy", on_delete=models.CASCADE, related_name="set_aside", verbose_name=_("vacancy")
    )
    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="set_aside",
        verbose_name=_("candidate"),
    )
    reason = models.CharField(_("reason"), max_length=20, choices=EmployerReason)
    words = models.TextField(_("in words"), max_length=WORDS, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("set aside"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )

    class Meta:
        verbose_name = _("person set aside")
        verbose_name_plural = _("people set aside")
        indexes = [models.Index(fields=["candidate", "vacancy"], name="set_aside_by_candidate")]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "candidate"],
                condition=models.Q(taken_back_at=None),
                name="set_aside_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_at=None, taken_back_by=None)
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="set_aside_taken_back_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="other") | ~models.Q(words=""), name="set_aside_other_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id}/{self.candidate_id} {self.reason}"
