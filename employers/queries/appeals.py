"""Reads about appeals of companies."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from employers.enums import AppealState, EmployerState
from employers.models import CompanyAppeal, Employer, EmployerStatusLog


def refusal_to_appeal(employer: Employer) -> EmployerStatusLog | None:
    """The refusal that holds now; None when the employer is not refused."""
    if employer.state != EmployerState.REJECTED:
        return None
    return employer.status_log.filter(state=EmployerState.REJECTED).order_by("-pk").first()


def appeal_until(employer: Employer, now: datetime) -> datetime | None:
    """Until when the refusal that holds can be appealed against; None when it cannot, or was."""
    refusal = refusal_to_appeal(employer)
    if refusal is None or refusal.by_id is None or CompanyAppeal.objects.filter(refusal=refusal).exists():
        return None
    until = refusal.at + timedelta(days=settings.COMPANY_APPEAL_DAYS)
    return until if now <= until else None


def last_appeal(employer: Employer) -> CompanyAppeal | None:
    """The newest appeal of an employer."""
    return employer.appeals.order_by("-pk").first()


def appeals_to_judge() -> QuerySet[CompanyAppeal]:
    """Open appeals, the first promised on top."""
    return CompanyAppeal.objects.filter(state=AppealState.OPEN).order_by("answer_by", "pk")
