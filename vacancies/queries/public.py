"""One vacancy for everybody."""

from django.db.models import Prefetch, QuerySet

from employers.enums import EmployerState
from vacancies.enums import VacancyState
from vacancies.models import Vacancy, VacancyVersion
from vacancies.queries.vacancies import VERSION_ROWS

SHOWN = (VacancyState.PUBLISHED, VacancyState.PAUSED, VacancyState.CLOSED)


def seen_once() -> QuerySet[Vacancy]:
    """Vacancies that were published one day, with employer and every row of the version that holds.

    Drafts, and versions that are not published yet, are never among what is read.
    """
    versions = VacancyVersion.objects.select_related("occupation", "sector").prefetch_related(*VERSION_ROWS)
    found = Vacancy.objects.filter(state__in=SHOWN).exclude(current=None)
    return found.select_related("employer__country").prefetch_related(Prefetch("current", versions))


def is_gone(vacancy: Vacancy) -> bool:
    """Whether it is closed, or its employer is not accepted any more."""
    return vacancy.state == VacancyState.CLOSED or vacancy.employer.state != EmployerState.ACCEPTED
