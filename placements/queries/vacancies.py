"""Vacancies with all that comparing them with people takes."""

from django.db.models import QuerySet

from vacancies.models import Vacancy


def with_current(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """Published at least once, with employer and the version that people see, without its rows. One query."""
    return vacancies.exclude(current=None).select_related(None).select_related("employer", "current")
