"""Vacancies with all that comparing them with people takes."""

from django.db.models import QuerySet

from vacancies.models import Vacancy
from vacancies.queries.vacancies import VERSION_ROWS


def with_current(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """Published at least once, with employer and the version that people see, without its rows. One query."""
    return vacancies.exclude(current=None).select_related(None).select_related("employer", "current")


def with_current_rows(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """With employer, team and every row of the version that people see; what is only drafted is left out.

    Five queries beside the vacancies' own.
    """
    rows = [f"current__{name}" for name in VERSION_ROWS]
    return (
        vacancies.exclude(current=None)
        .select_related(None)
        .select_related("employer", "current")
        .prefetch_related("employer__staff", *rows)
    )
