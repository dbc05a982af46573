"""Who opened a person's page: one line per vacancy and day. Append-only; it goes when the person goes."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProfileViewQuerySet(models.QuerySet["ProfileView"]):
    """The words in which the log is asked."""

    def of_candidate(self, candidate: Any) -> "ProfileViewQuerySet":
        """What was opened about one person, the latest first."""
        return self.filter(candidate=candidate).order_by("-at", "-pk")

    def with_names(self) -> "ProfileViewQuerySet":
        """With the vacancy, the version people see and the employer, in the same query."""
        return self.select_related("vacancy__employer", "vacancy__current")


class ProfileView(models.Model):
    """A member of an employer opened a person's page, or compared them with others, for one vacancy.

    `day` is the person's own date. Opening the page again on the same day, or by a colleague, adds nothing. `by` is
    who opened it first; the person reads the employer and the vacancy, never the member. The employer is the
    vacancy's.
    """

    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="profile_views",
        verbose_name=_("candidate"),
    )
    vacancy = models.ForeignKey(
        "vacancies.Vacancy",
        on_delete=models.CASCADE,
        related_name="profile_views",
        verbose_name=_("vacancy"),
    )
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("opened"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by")
    )

    objects = ProfileViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("opened profile")
        verbose_name_plural = _("opened profiles")
        constraints = [
            models.UniqueConstraint(fields=["candidate", "vacancy", "day"], name="profile_view_once_a_day")
        ]
        indexes = [
            models.Index(fields=["candidate", "-at", "-id"], name="profile_view_latest"),
            BrinIndex(fields=["at"], name="profile_view_age"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.vacancy_id} {self.day:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if not self._state.adding:
            raise TypeError("an opened profile is never rewritten")
        super().save(*args, **kwargs)
