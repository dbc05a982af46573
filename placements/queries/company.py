"""An employer as everybody may know it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from employers.enums import EmployerState
from employers.models import Employer
from placements.enums import ApplicationState
from placements.models import Application
from placements.queries.answers import AnswerRate, answer_rate
from vacancies.models import Vacancy
from vacancies.queries.market import with_list_rows
from vacancies.queries.vacancies import published_vacancies

MOST = 50


@dataclass(frozen=True, slots=True)
class CompanyFigures:
    """`rate` covers the last twelve months; `hired` and `openings` are counts of people and of places."""

    rate: AnswerRate
    hired: int
    vacancies: int
    openings: int
    newest: list[Vacancy]


def company_figures(employer: Employer, now: datetime) -> CompanyFigures:
    """What an employer offers and how it treated people; five queries."""
    open_now = published_vacancies().filter(employer=employer)
    newest = list(with_list_rows(open_now).order_by("-published_at", "-pk")[:MOST])
    counted = open_now.aggregate(openings=Sum("current__openings", default=0))
    hired = Application.objects.filter(vacancy__employer=employer, state=ApplicationState.HIRED).count()
    total = len(newest) if len(newest) < MOST else open_now.count()
    return CompanyFigures(answer_rate(employer, now), hired, total, counted["openings"], newest)


def accepted_company(pk: int) -> Employer | None:
    """The employer, when recruiters have accepted it."""
    found = Employer.objects.filter(pk=pk, state=EmployerState.ACCEPTED).select_related("country")
    return found.prefetch_related("staff").first()
