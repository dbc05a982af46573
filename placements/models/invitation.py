"""Invitations to a test: who was invited to have what measured, for which vacancy, by whom. Append-only."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TestInvitation(models.Model):
    """A person who only lacks the measurement of a language or skill for a vacancy was invited to its test.

    Which test that is (a bank of items, the desk, a written test) is looked up when it is shown.
    `mailed` says whether this invitation sent a mail: a person gets at most one about a test in thirty days. Rows are
    never changed (a trigger in the database refuses it too); they go when the person goes.
    """

    __test__ = False  # the name begins like that of a test

    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="test_invitations",
        verbose_name=_("candidate"),
    )
    vacancy = models.ForeignKey(
        "vacancies.Vacancy",
        on_delete=models.CASCADE,
        related_name="test_invitations",
        verbose_name=_("vacancy"),
    )
    language = models.ForeignKey(
        "reference.Language",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("language"),
    )
    skill = models.ForeignKey(
        "reference.Skill", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("skill")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    at = models.DateTimeField(_("invited"))
    mailed = models.BooleanField(_("a mail was sent"))

    class Meta:
        verbose_name = _("invitation to a test")
        verbose_name_plural = _("invitations to tests")
        indexes = [models.Index(fields=["candidate", "-at"], name="test_invitation_latest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__isnull=False, skill=None)
                | models.Q(language=None, skill__isnull=False),
                name="test_invitation_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.language_id or self.skill_id} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if not self._state.adding:
            raise TypeError("an invitation is never changed")
        super().save(*args, **kwargs)

    @property
    def measures(self) -> str:
        """Name of the language or skill, in the reader's language."""
        return str(self.language or self.skill)
