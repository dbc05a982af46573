"""Invitations to a test: who was invited to which, for which vacancy, by whom. Append-only."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TestInvitation(models.Model):
    """A person who only lacks a measurement for a vacancy was invited to the test that gives it.

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
    bank = models.ForeignKey(
        "assessments.Bank", on_delete=models.PROTECT, related_name="+", verbose_name=_("test")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    at = models.DateTimeField(_("invited"))
    mailed = models.BooleanField(_("a mail was sent"))

    class Meta:
        verbose_name = _("invitation to a test")
        verbose_name_plural = _("invitations to tests")
        indexes = [models.Index(fields=["candidate", "bank", "-at"], name="test_invitation_latest")]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.bank_id} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once."""
        if not self._state.adding:
            raise TypeError("an invitation is never changed")
        super().save(*args, **kwargs)
