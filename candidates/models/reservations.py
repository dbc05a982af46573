"""Where a person does not want to be shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.models.candidate import Candidate


class Reservation(models.Model):
    """A sector, or one employer, that the person asked not to be shown to; exactly one of the two.

    Matching respects it at the first gate. An employer never learns of it, not even after it was taken back.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="reservations")
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("sector")
    )
    employer = models.ForeignKey(
        "employers.Employer",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("employer"),
    )

    class Meta:
        verbose_name = _("reservation of a candidate")
        verbose_name_plural = _("reservations of candidates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sector__isnull=True) ^ models.Q(employer__isnull=True),
                name="candidate_reservation_of_one_thing",
            ),
            models.UniqueConstraint("candidate", "sector", name="candidate_reserves_sector_once"),
            models.UniqueConstraint("candidate", "employer", name="candidate_reserves_employer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.sector_id or self.employer_id}"
