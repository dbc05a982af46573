"""Which published vacancies have no ranking that fits them as they are now."""

from django.db.models import F, Q, QuerySet

from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies, with_version_rows


def waiting_vacancies() -> QuerySet[Vacancy]:
    """Never ranked, changed since, of a team that changed since, or marked by a round; the longest waiting first."""
    return (
        published_vacancies()
        .filter(
            Q(ranking_state=None)
            | Q(ranking_state__waiting=True)
            | ~Q(current=F("ranking_state__version"))
            | ~Q(employer__facts_changed_at=F("ranking_state__team_as_of"))
        )
        .order_by(F("ranking_state__read_at").asc(nulls_first=True), "pk")
    )


def to_rank(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """With all that compiling a query needs, in a constant number of queries."""
    return with_version_rows(vacancies).prefetch_related("employer__staff")
