"""What a structured interview found."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.measurement import Measurement
from assessments.rules.scorecard import Competence, scorecard_sheet
from common.naming import day_in_words


class Scorecard(models.Model):
    """An interview that a member of an employer, or a recruiter (`employer` is None), rated against anchors.

    It is for that employer, the person and recruiters to see. It becomes measurements only where a recruiter stands for
    it: their own card at once, an employer's after the person agreed (`agreed_at`) and a recruiter confirmed.
    Ratings never change: a mistake is taken back (`withdrawn_at`, with a reason) and written anew.
    """

    key = models.UUIDField(_("key of the form"), default=uuid.uuid4, unique=True, editable=False)
    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="scorecards",
        verbose_name=_("candidate"),
    )
    employer = models.ForeignKey(
        "employers.Employer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="scorecards",
        verbose_name=_("employer"),
    )
    version = models.CharField(_("version of the anchors"), max_length=8)
    interviewed_on = models.DateField(_("interview on"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    reply = models.TextField(_("reply of the person"), blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("person agreed that it counts"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_because = models.TextField(_("reason for taking it back"), blank=True)

    class Meta:
        verbose_name = _("interview scorecard")
        verbose_name_plural = _("interview scorecards")
        ordering = ["-interviewed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replied_at=None, reply="") | models.Q(replied_at__isnull=False) & ~models.Q(reply=""),
                name="scorecard_reply_has_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None, confirmed_by=None)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="scorecard_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(employer=None) | models.Q(confirmed_at=None) | models.Q(agreed_at__isnull=False),
                name="scorecard_of_employer_counts_if_agreed",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_because="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_because=""),
                name="scorecard_withdrawn_with_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.candidate}, {day_in_words(self.interviewed_on)}"


class ScorecardRating(models.Model):
    """One competence of a card: 1 to 5, with what supports it."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="ratings")
    position = models.PositiveSmallIntegerField(_("position"))
    competence = models.CharField(_("competence"), max_length=32)
    rating = models.PositiveSmallIntegerField(_("rating"))
    evidence = models.TextField(_("evidence"))
    measurement = models.OneToOneField(
        Measurement,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="scorecard_rating",
        verbose_name=_("measurement"),
    )

    class Meta:
        verbose_name = _("rating of an interview")
        verbose_name_plural = _("ratings of an interview")
        ordering = ["scorecard", "position"]
        constraints = [
            models.UniqueConstraint("scorecard", "competence", name="scorecard_rating_once"),
            models.CheckConstraint(
                condition=models.Q(rating__range=(1, 5)) & ~models.Q(evidence=""),
                name="scorecard_rating_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competence} {self.rating}"

    @property
    def what(self) -> Competence | None:
        """The competence; None when it is no longer on the sheet."""
        return scorecard_sheet().competences.get(self.competence)

    @property
    def anchor(self) -> str:
        """The behaviour that was chosen, in the reader's language."""
        return self.what.anchor(self.rating) if self.what else ""
