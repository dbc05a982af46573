"""States and roles of employers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EmployerState(models.TextChoices):
    """Life of an employer on the platform."""

    APPLIED = "applied", _("applied")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


EMPLOYER_MOVES: dict[str, frozenset[str]] = {
    EmployerState.APPLIED: frozenset({EmployerState.ACCEPTED, EmployerState.REJECTED}),
    EmployerState.REJECTED: frozenset({EmployerState.APPLIED, EmployerState.ACCEPTED}),
    EmployerState.ACCEPTED: frozenset({EmployerState.REJECTED}),
}


class MembershipRole(models.TextChoices):
    """What a member may do: owner everything, recruiter vacancies and shortlists, viewer reads."""

    OWNER = "owner", _("owner")
    RECRUITER = "recruiter", _("recruiter")
    VIEWER = "viewer", _("viewer")
