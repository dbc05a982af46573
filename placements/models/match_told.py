"""Of which new matches people were told, and up to which list each vacancy was searched for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatchTold(models.Model):
    """A person was told that they and a vacancy suit each other well: once, whatever becomes of either.

    `notification` is what they were told by, while it is kept.
    """

    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="matches_told",
        verbose_name=_("candidate"),
    )
    vacancy = models.ForeignKey(
        "vacancies.Vacancy", on_delete=models.CASCADE, related_name="+", verbose_name=_("vacancy")
    )
    notification = models.ForeignKey(
        "accounts.Notification", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("new match that was told")
        verbose_name_plural = _("new matches that were told")
        constraints = [models.UniqueConstraint(fields=["vacancy", "candidate"], name="match_told_once")]

    def __str__(self) -> str:
        return f"{self.vacancy_id} {self.candidate_id}"


class ListSearched(models.Model):
    """The list of a vacancy was searched for new matches: as `ranking` made it and `round` shared it out.

    Both are plain numbers; rankings and rounds of long ago go. Both are empty until a search came to its end; `tried_at`
    is when one last began.
    """

    vacancy = models.OneToOneField(
        "vacancies.Vacancy", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    ranking = models.BigIntegerField(null=True)
    round = models.BigIntegerField(null=True)
    tried_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.vacancy_id}: {self.ranking}"
