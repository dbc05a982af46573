"""Skills that a candidate says they have."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.enums import StatedSkill
from candidates.models.candidate import Candidate


class CandidateSkill(models.Model):
    """A skill of the vocabulary with the person's own statement."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, db_index=False, related_name="skills")
    skill = models.ForeignKey("reference.Skill", on_delete=models.PROTECT, verbose_name=_("skill"))
    stated = models.PositiveSmallIntegerField(_("your own statement"), choices=StatedSkill)

    class Meta:
        verbose_name = _("skill of a candidate")
        verbose_name_plural = _("skills of candidates")
        # Finds a person's rows, and holds all that matching reads of them.
        indexes = [
            models.Index(fields=["candidate"], include=["skill", "stated"], name="candidate_skill_read")
        ]
        constraints = [
            models.UniqueConstraint("candidate", "skill", name="candidate_skill_once"),
            models.CheckConstraint(
                condition=models.Q(stated__range=(1, 3)), name="candidate_skill_statement_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} {self.stated}"
