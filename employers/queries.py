"""Reads about employers."""

from django.db.models import QuerySet

from accounts.models import User
from employers.enums import EmployerState
from employers.models import Employer, EmployerStatusLog


def employers_to_judge() -> QuerySet[Employer]:
    """Employers waiting for a recruiter, the longest waiting first."""
    return Employer.objects.filter(state=EmployerState.APPLIED).order_by("applied_at", "pk")


def employer_of(user: User) -> Employer | None:
    """The employer that the user belongs to."""
    return Employer.objects.filter(memberships__user=user).first()


def may_apply(user: User) -> bool:
    """Whether the user speaks for nobody yet: no employer, no candidate profile, not the platform."""
    taken = user.is_staff or getattr(user, "candidate", None) or getattr(user, "membership", None)
    return not taken


def decisions_about(employer: Employer) -> QuerySet[EmployerStatusLog]:
    """How the employer was judged, newest first."""
    return employer.status_log.select_related("by").order_by("-at", "-pk")
