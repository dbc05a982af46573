"""What a team writes down about somebody, for itself."""

import uuid
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

NOTE_WORDS: Final = 2_000
"""Most characters of a note."""


class TeamNote(models.Model):
    """A note of one member about a person on one vacancy's list, read by that employer alone.

    Never changed (a trigger in the database refuses it too); it goes when the person goes. `key` is that of the form,
    so that a note sent twice is one.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employer = models.ForeignKey(
        "employers.Employer", on_delete=models.CASCADE, related_name="+", verbose_name=_("employer")
    )
    vacancy = models.ForeignKey(
        "vacancies.Vacancy", on_delete=models.CASCADE, related_name="team_notes", verbose_name=_("vacancy")
    )
    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="team_notes",
        verbose_name=_("candidate"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("written"))
    text = models.TextField(_("note"), max_length=NOTE_WORDS)

    class Meta:
        verbose_name = _("note of a team")
        verbose_name_plural = _("notes of teams")
        indexes = [
            models.Index(fields=["employer", "candidate", "-at", "-id"], name="team_note_latest"),
        ]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="team_note_says_something")]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.candidate_id} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if not self._state.adding:
            raise TypeError("a note is never changed")
        super().save(*args, **kwargs)
