"""Invitations to tests, as the invited person sees them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from assessments.models import Measurement
from assessments.queries import live_banks
from assessments.queries.overview import PAGES
from assessments.queries.works import written_tasks
from candidates.models import Candidate
from placements.models import TestInvitation
from placements.queries.fact_tests import written_page
from placements.rules.inviting import SHOWN_FOR
from vacancies.enums import VacancyState
from vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """One that waits: who invites for what, to have which language or skill measured, and where its test begins."""

    vacancy: Vacancy
    measures: str
    at: datetime
    test_url: str


def open_invitations(candidate: Candidate, now: datetime) -> list[OpenInvitation]:
    """The latest invitation to each test that the person has not been measured by, newest first. One query."""
    measured = Measurement.objects.filter(candidate=candidate).current(now.date())
    languages = measured.filter(language__isnull=False).values("language")
    skills = measured.filter(skill__isnull=False).values("skill")
    banks = live_banks().filter(Q(language=OuterRef("language")) | Q(skill=OuterRef("skill")))
    latest = (
        TestInvitation.objects.filter(candidate=candidate, at__gt=now - SHOWN_FOR)
        .filter(vacancy__state=VacancyState.PUBLISHED)
        .exclude(language__in=languages)
        .exclude(skill__in=skills)
        .annotate(bank=banks.values("code")[:1])
        .annotate(written=Exists(written_tasks().filter(language=OuterRef("language"))))
        .order_by("language_id", "skill_id", "-at", "-pk")
        .distinct("language_id", "skill_id")
        .select_related("language", "skill", "vacancy__current", "vacancy__employer")
    )
    waiting = [(one, _test_url(one, one.bank, written=one.written)) for one in latest]
    found = [OpenInvitation(one.vacancy, one.measures, one.at, url) for one, url in waiting if url]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _test_url(invitation: TestInvitation, bank: str | None, *, written: bool) -> str:
    """Where the test begins that is given now, of a bank or else of a written task; empty where there is none any more."""
    if bank:
        return reverse("assessments:start", args=[bank])
    if invitation.skill_id in PAGES:
        return PAGES[invitation.skill_id].address
    return written_page(str(invitation.language_id)).address if written else ""
