"""Languages that a candidate says they speak."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.models.candidate import Candidate
from reference.enums import CEFRLevel
from reference.names import language_name


class CandidateLanguage(models.Model):
    """A claimed level, and whether it is a mother tongue. A mother tongue is never a level."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, db_index=False, related_name="languages"
    )
    language = models.ForeignKey("reference.Language", on_delete=models.PROTECT, verbose_name=_("language"))
    claimed_level = models.PositiveSmallIntegerField(_("level"), choices=CEFRLevel)
    mother_tongue = models.BooleanField(_("mother tongue"), default=False)

    class Meta:
        verbose_name = _("language of a candidate")
        verbose_name_plural = _("languages of candidates")
        # Finds a person's rows, and holds all that matching reads of them.
        indexes = [
            models.Index(
                fields=["candidate"], include=["language", "claimed_level"], name="candidate_language_read"
            )
        ]
        constraints = [
            models.UniqueConstraint("candidate", "language", name="candidate_language_once"),
            models.CheckConstraint(
                condition=models.Q(claimed_level__range=(1, 6)), name="candidate_language_level_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{language_name(self.language_id)} {self.get_claimed_level_display()}"
