"""What the home pages show: reads over all floors."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from assessments.queries.integrity import flags_to_decide
from employers.queries import employers_to_judge
from marketplace.administration.queues import queues_for
from reference.queries.wages import wage_floors
from vacancies.models import VersionCountry
from vacancies.queries.vacancies import published_vacancies, vacancies_to_review

SHOWN = 5
WHOLE = frozenset({"employers", "vacancies", "flags"})
"""Queues whose first rows stand on the page of staff."""
EXPIRING = timedelta(days=60)
"""How long before its end a measurement is something to do."""


def staff_home(user: User | AnonymousUser, now: datetime) -> dict[str, Any]:
    """The queues: who and what waits for a recruiter. `others`: queues of the desk with something in them, not shown whole."""
    waiting = {one.queue.code: one for one in queues_for(user, now) if one.count}
    counts = {code: one.count for code, one in waiting.items()}
    return {
        "employers": employers_to_judge()[:SHOWN],
        "employer_count": counts.get("employers"),
        "vacancies": vacancies_to_review()[:SHOWN],
        "vacancy_count": counts.get("vacancies"),
        "flags": flags_to_decide()[:SHOWN],
        "flag_count": counts.get("flags"),
        "open": published_vacancies().select_related("current", "employer").order_by("-published_at")[:SHOWN],
        "others": [one for code, one in waiting.items() if code not in WHOLE],
        "unknown_floors": _unknown_floors(now.date()),
    }


def _unknown_floors(today: date) -> int:
    """Countries in which open vacancies hire although their floor is not known; their people cannot be matched."""
    versions = published_vacancies().values("current")
    rows = VersionCountry.objects.filter(version__in=versions).order_by()
    hiring = set(rows.values_list("country", flat=True).distinct())
    table = wage_floors(hiring, today)
    return sum(table.get(country).unknown is not None for country in hiring)
