"""A vacancy that somebody wanted to look at before their profile could be compared with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.enums import EmployerState
from vacancies.enums import VacancyState


class RememberedVacancy(models.Model):
    """Chosen on a public page by a person whose profile could not be matched yet; offered again once it can.

    It goes when somebody who is listed has gone to see their match, or says that they want it no more. Who is not listed
    yet can do nothing there but look: for them it stays, and `seen_at` is when they first did.
    """

    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="remembered_vacancies",
        verbose_name=_("candidate"),
    )
    vacancy = models.ForeignKey(
        "vacancies.Vacancy", on_delete=models.CASCADE, related_name="+", verbose_name=_("vacancy")
    )
    at = models.DateTimeField(_("chosen"))
    seen_at = models.DateTimeField(_("match first seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("remembered vacancy")
        verbose_name_plural = _("remembered vacancies")
        constraints = [
            models.UniqueConstraint(fields=["candidate", "vacancy"], name="remembered_vacancy_once")
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.vacancy_id}"

    @property
    def open(self) -> bool:
        """Whether interest in it can be shown now."""
        vacancy = self.vacancy
        return vacancy.state == VacancyState.PUBLISHED and vacancy.employer.state == EmployerState.ACCEPTED
