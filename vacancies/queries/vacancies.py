"""Reads about vacancies."""

from django.db.models import Prefetch, QuerySet

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
    return vacancies.select_related("employer").prefetch_related(
        Prefetch("current", versions), Prefetch("draft", versions)
    )


def published_vacancies() -> QuerySet[Vacancy]:
    """What candidates can meet now."""
    return Vacancy.objects.filter(state=VacancyState.PUBLISHED)


def vacancies_to_review() -> QuerySet[Vacancy]:
    """Handed in and waiting for a recruiter, the longest waiting first."""
    return (
        Vacancy.objects.filter(state=VacancyState.IN_REVIEW)
        .select_related("draft", "employer")
        .order_by("changed_at", "pk")
    )
