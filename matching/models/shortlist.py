"""What people change about a shortlist. The ranking stays as it is; these rows lie over it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.naming import day_in_words
from matching.enums import EntryKind, ShortlistAct
from matching.models.ranking import Ranking


class ShortlistEntry(models.Model):
    """A person whom somebody pinned, moved, hid or added; survives re-ranking and keeps the ranking it was made on.

    Somebody who stood outside the ranking when they were added keeps `figures`: how they suited then, with
    score, employer_score, candidate_score, fits and contributions in 1/10**7, and the code of what was still open.
    """

    vacancy = models.ForeignKey(
        "vacancies.Vacancy", on_delete=models.CASCADE, related_name="shortlist_entries"
    )
    candidate = models.ForeignKey(
        "candidates.Candidate", on_delete=models.CASCADE, related_name="shortlist_entries"
    )
    kind = models.CharField(_("what was done"), max_length=8, choices=EntryKind)
    position = models.PositiveIntegerField(_("place"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000)
    figures = models.JSONField(_("how they suited"), null=True, blank=True)
    ranking = models.ForeignKey(Ranking, on_delete=models.RESTRICT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("shortlist entry")
        verbose_name_plural = _("shortlist entries")
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "candidate"], name="shortlist_entry_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="shortlist_entry_has_reason"),
            models.CheckConstraint(
                condition=models.Q(kind="moved", position__gte=1)
                | (~models.Q(kind="moved") & models.Q(position=None)),
                name="shortlist_entry_place_when_moved",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="added", figures__isnull=True),
                name="shortlist_entry_figures_when_added",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id}/{self.candidate_id} {self.get_kind_display()}"


class ShortlistLog(models.Model):
    """Every act on a shortlist, taking one back included; append-only, in the database too.

    It outlives the people on the list: `candidate_id` stays, and leads nowhere once the person is gone. `null` is what
    `candidate` reads as then (the rows are joined with those who are still there); the id itself is never missing.
    """

    vacancy = models.ForeignKey(
        "vacancies.Vacancy", on_delete=models.PROTECT, related_name="shortlist_log", verbose_name=_("vacancy")
    )
    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("candidate"),
    )
    act = models.CharField(_("what was done"), max_length=16, choices=ShortlistAct)
    position = models.PositiveIntegerField(_("place"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    ranking = models.ForeignKey(Ranking, on_delete=models.RESTRICT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("shortlist act")
        verbose_name_plural = _("shortlist log")
        indexes = [models.Index(fields=["vacancy", "-at", "-id"], name="shortlist_log_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(candidate__isnull=False), name="shortlist_log_says_whom"
            )
        ]

    def __str__(self) -> str:
        return f"{self.vacancy}, {day_in_words(self.at)}: {self.get_act_display()}"
