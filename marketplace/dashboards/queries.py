"""What the home pages show: reads over all floors."""

from datetime import date, timedelta
from typing import Any

from assessments.queries.integrity import flags_to_decide
from employers.queries import employers_to_judge
from reference.queries.wages import wage_floors
from vacancies.models import VersionCountry
from vacancies.queries.vacancies import published_vacancies, vacancies_to_review

SHOWN = 5
EXPIRING = timedelta(days=60)
"""How long before its end a measurement is something to do."""


def staff_home(today: date) -> dict[str, Any]:
    """The queues: who and what waits for a recruiter."""
    return {
        "employers": employers_to_judge()[:SHOWN],
        "employer_count": employers_to_judge().count(),
        "vacancies": vacancies_to_review()[:SHOWN],
        "vacancy_count": vacancies_to_review().count(),
        "flags": flags_to_decide()[:SHOWN],
        "flag_count": flags_to_decide().count(),
        "open": published_vacancies().select_related("current", "employer").order_by("-published_at")[:SHOWN],
        "unknown_floors": _unknown_floors(today),
    }


def _unknown_floors(today: date) -> int:
    """Countries in which open vacancies hire although their floor is not known; their people cannot be matched."""
    versions = published_vacancies().values("current")
    rows = VersionCountry.objects.filter(version__in=versions).order_by()
    hiring = set(rows.values_list("country", flat=True).distinct())
    table = wage_floors(hiring, today)
    return sum(table.get(country).unknown is not None for country in hiring)
