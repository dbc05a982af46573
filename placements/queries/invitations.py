"""Invitations to tests, as the invited person sees them."""

from datetime import datetime, timedelta

from assessments.models import Measurement
from candidates.models import Candidate
from placements.models import TestInvitation
from vacancies.enums import VacancyState

SHOWN_FOR = timedelta(days=60)


def open_invitations(candidate: Candidate, now: datetime) -> list[TestInvitation]:
    """The latest invitation to each test that the person has not been measured by, newest first. One query."""
    measured = Measurement.objects.filter(candidate=candidate).current(now.date())
    languages = measured.filter(language__isnull=False).values("language")
    skills = measured.filter(skill__isnull=False).values("skill")
    latest = (
        TestInvitation.objects.filter(candidate=candidate, at__gt=now - SHOWN_FOR)
        .filter(vacancy__state=VacancyState.PUBLISHED)
        .exclude(bank__language__in=languages)
        .exclude(bank__skill__in=skills)
        .order_by("bank_id", "-at", "-pk")
        .distinct("bank_id")
        .select_related("bank__language", "bank__skill", "vacancy__current", "vacancy__employer")
    )
    return sorted(latest, key=lambda one: one.at, reverse=True)
