"""Reads about employers."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.rules.time_zones import clock_of
from employers.enums import EmployerState
from employers.models import Employer, EmployerStatusLog, Invitation, Membership
from employers.models.invitation import SIGNER


def employers_to_judge() -> QuerySet[Employer]:
    """Employers waiting for a recruiter, the longest waiting first."""
    return Employer.objects.filter(state=EmployerState.APPLIED).order_by("applied_at", "pk")


def employer_of(user: User) -> Employer | None:
    """The employer that the user belongs to."""
    return Employer.objects.filter(memberships__user=user).first()


def own_date(employer: Employer, at: datetime, zone: str = "") -> date:
    """The date on the employer's own wall at a moment, wherever its members sit: its promises end there.

    A country with several clocks says nothing of it; `zone` does then, that of the vacancy, else the reader's own.
    """
    clock = employer.country.main_zone_id or zone
    return at.astimezone(clock_of(clock)).date() if clock else timezone.localdate(at)


def may_apply(user: User) -> bool:
    """Whether the user speaks for nobody yet: no employer, no candidate profile, not the platform."""
    taken = user.is_staff or getattr(user, "candidate", None) or getattr(user, "membership", None)
    return not taken


def has_address(user: User, email: str) -> bool:
    """Whether the person has shown that the address is theirs."""
    return bool(EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists())


def invitation_behind(token: str) -> int:
    """The id of the invitation that a link was made for. Raises BadSignature."""
    return int(SIGNER.unsign(token))


def open_invitation(invitation_id: int, now: datetime) -> Invitation | None:
    """The invitation with its employer, None when it was used or taken back, or has expired."""
    found = Invitation.objects.filter(pk=invitation_id, expires_at__gt=now)
    return found.select_related("employer", "invited_by__identity").first()


def open_invitations(employer: Employer, now: datetime) -> QuerySet[Invitation]:
    """Who was invited and has not answered, the newest first."""
    return employer.invitations.filter(expires_at__gt=now).order_by("-invited_at", "-pk")


def members_of(employer: Employer) -> QuerySet[Membership]:
    """Who works for the employer, the longest first."""
    return employer.memberships.select_related("user__identity").order_by("since", "pk")


def decisions_about(employer: Employer) -> QuerySet[EmployerStatusLog]:
    """How the employer was judged, newest first."""
    return employer.status_log.select_related("by").order_by("-at", "-pk")
