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


class AppealState(models.TextChoices):
    """Life of an appeal against a refusal."""

    OPEN = "open", _("open")
    GRANTED = "granted", _("granted")
    DISMISSED = "dismissed", _("dismissed")
    WITHDRAWN = "withdrawn", _("withdrawn")


APPEAL_MOVES: dict[str, frozenset[str]] = {
    AppealState.OPEN: frozenset({AppealState.GRANTED, AppealState.DISMISSED, AppealState.WITHDRAWN}),
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


class WebhookEvent(models.TextChoices):
    """What a company's own systems can be told."""

    VACANCY_PUBLISHED = "vacancy.published", _("a vacancy or changes to it were published, or it was resumed")
    VACANCY_PAUSED = "vacancy.paused", _("a vacancy was paused")
    VACANCY_CLOSED = "vacancy.closed", _("a vacancy was closed")
    SHORTLIST_RANKED = "shortlist.ranked", _("a shortlist was ranked anew")
    APPLICATION_INVITED = "application.invited", _("somebody was invited")
    APPLICATION_INTERESTED = "application.interested", _("somebody showed interest")
    APPLICATION_BOTH_INTERESTED = "application.both_interested", _("both sides are interested")
    APPLICATION_IN_INTERVIEW = "application.in_interview", _("an interview was noted")
    APPLICATION_OFFERED = "application.offered", _("an offer was made")
    APPLICATION_HIRED = "application.hired", _("somebody was hired")
    APPLICATION_DECLINED = "application.declined", _("one side said no")
    APPLICATION_WITHDRAWN = "application.withdrawn", _("one side took back what it said")
    APPLICATION_EXPIRED = "application.expired", _("an answer did not come in time")


TEST_EVENT = "webhook.test"
"""Sent on request, to try an address out."""


class DeliveryState(models.TextChoices):
    """Life of one message to one address."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed")


class HoldStep(models.TextChoices):
    """Why a message waits that could be sent, and that it does no more."""

    HELD = "held", _("held back, because the company is not accepted now")
    RELEASED = "released", _("goes on, because the company is accepted again")


class DisabledBecause(models.TextChoices):
    """Why nothing is sent to an address."""

    OWNER = "owner", _("switched off by an owner")
    FAILING = "failing", _("it did not answer for days")
    GONE = "gone", _("it answered that it is gone for good (410)")
