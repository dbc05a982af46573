"""Reads about vacancies."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from employers.enums import EmployerState
from employers.models import Employer
from vacancies.enums import VacancyState
from vacancies.models import Vacancy, VacancyVersion

VERSION_ROWS = ("languages", "skills", "shifts", "countries")


def vacancies_of(employer: Employer) -> QuerySet[Vacancy]:
    """Every vacancy of one employer, the last changed first, with its versions."""
    return (
        Vacancy.objects.filter(employer=employer)
        .select_related("current", "draft")
        .order_by("-changed_at", "-pk")
    )


def with_version_rows(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """With employer and every row of the current version and the draft, in a constant number of queries."""
    versions = VacancyVersion.objects.select_related("occupation", "sector").prefetch_related(*VERSION_ROWS)
    # Versions joined before would count as fetched, and their rows would then be read one by one.
    return (
        vacancies.select_related(None)
        .select_related("employer")
        .prefetch_related(Prefetch("current", versions), Prefetch("draft", versions))
    )


def published_vacancies() -> QuerySet[Vacancy]:
    """What candidates can meet now: published, by an employer that is still accepted."""
    return Vacancy.objects.filter(state=VacancyState.PUBLISHED, employer__state=EmployerState.ACCEPTED)


def vacancies_to_review() -> QuerySet[Vacancy]:
    """Handed in and waiting for a recruiter, the longest waiting first."""
    return (
        Vacancy.objects.filter(state=VacancyState.IN_REVIEW)
        .select_related("draft", "employer")
        .order_by("changed_at", "pk")
    )


def remarks_on(vacancy: Vacancy) -> dict[str, str]:
    """What a recruiter remarked when the vacancy was last sent back, by `ReviewTopic`; one query."""
    steps = vacancy.status_log.filter(state=VacancyState.DRAFT).order_by("-pk")
    return dict(steps.values_list("remarks", flat=True).first() or {})


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a vacancy."""

    at: datetime
    what: str
    why: str = ""


def history_of(vacancy: Vacancy) -> list[HistoryLine]:
    """Its states, and the versions that were published, newest first; one query: what was published has a state."""
    versions = VacancyVersion.objects.filter(vacancy=OuterRef("vacancy"), frozen_at__isnull=False)
    pairs = versions.values(pair=JSONObject(at="frozen_at", number="number"))
    log = list(vacancy.status_log.order_by("-pk").annotate(versions=ArraySubquery(pairs)))
    moves = [HistoryLine(entry.at, entry.get_state_display(), entry.words) for entry in log]
    changes = [
        HistoryLine(
            datetime.fromisoformat(one["at"]), _("version %(number)s published") % {"number": one["number"]}
        )
        for one in (log[0].versions if log else ())
    ]
    return sorted([*changes, *moves], key=lambda line: line.at, reverse=True)
