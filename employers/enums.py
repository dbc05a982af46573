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


class ApiScope(models.TextChoices):
    """What a token of the API may be used for."""

    VACANCIES_READ = "vacancies:read", _("read vacancies")
    VACANCIES_WRITE = "vacancies:write", _("write vacancies, and pause or close them")
    SHORTLISTS_READ = "shortlists:read", _("read shortlists with their explanations")
    APPLICATIONS_READ = "applications:read", _("read applications")
    APPLICATIONS_WRITE = "applications:write", _("invite people and answer applications")
    WHAT_IF = "what-if", _("ask what a requirement costs")


WRITING_SCOPES = frozenset({ApiScope.VACANCIES_WRITE, ApiScope.APPLICATIONS_WRITE})
"""Scopes that only help a member who may edit."""
