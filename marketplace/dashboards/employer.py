"""An employer's home: where it owes an answer, its vacancies by stage, and how reliably it answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import F

from employers.access import EDITORS
from employers.addresses import company_path
from employers.enums import EmployerState
from employers.models import Membership
from employers.queries import own_date
from employers.queries.appeals import last_appeal
from placements.enums import OPEN_STATES, ApplicationState
from placements.models import Application
from placements.queries.answers import answer_rate
from placements.queries.applications import due_for
from placements.queries.stages import Stage, promised_days, stages_of
from vacancies.enums import VacancyState
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of

DUE_SHOWN: Final = 8
VACANCIES_SHOWN: Final = 50
COLUMNS: Final = (
    ApplicationState.INTERESTED,
    ApplicationState.BOTH_INTERESTED,
    ApplicationState.IN_INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.HIRED,
)
"""Stages of the table; invitations stand with the vacancy, since they wait for the person."""


class StageCell(NamedTuple):
    """People of a vacancy in one stage; `days` is how long the middle one stands there, None where that says nothing."""

    stage: Stage
    days: int | None


class VacancyLine(NamedTuple):
    """A vacancy with its people by stage, in the order of COLUMNS."""

    vacancy: Vacancy
    eligible: int | None
    invited: int
    cells: list[StageCell]


def employer_home(membership: Membership, now: datetime) -> dict[str, Any]:
    """A constant number of queries, six at most beside who asks."""
    employer, today = membership.employer, own_date(membership.employer, now)
    # Only the number of a ranking, never its packed rows.
    found = vacancies_of(employer).annotate(eligible=F("ranking_state__current__eligible"))
    vacancies = list(found[:VACANCIES_SHOWN])
    running = [one for one in vacancies if one.state in (VacancyState.PUBLISHED, VacancyState.PAUSED)]
    context: dict[str, Any] = {
        "may_edit": membership.role in EDITORS,
        "employer": employer,
        "waiting": [
            one for one in vacancies if one.state == VacancyState.DRAFT or (one.current and one.draft)
        ],
        "in_review": [one for one in vacancies if one.state == VacancyState.IN_REVIEW],
        "total": len(vacancies),
        "more": len(vacancies) == VACANCIES_SHOWN,
        "today": today,
        "open": [],
    }
    if employer.state == EmployerState.REJECTED:
        return context | {"appeal": last_appeal(employer)}
    if employer.state != EmployerState.ACCEPTED:
        return context
    stages = stages_of(running, today)
    days = promised_days(Application.objects.of_employer(employer))
    return context | {
        "open": [_line(one, stages.get(one.pk, {}), now) for one in running],
        "columns": [str(state.label) for state in COLUMNS],
        "due": list(due_for(employer, today)[:DUE_SHOWN]),
        "due_count": sum(one["ours"] for one in days),
        "overdue_count": sum(one["ours"] for one in days if one["day"] < today),
        "days": days,
        "rate": answer_rate(employer, now),
        "public_url": company_path(employer),
    }


def _line(vacancy: Vacancy, stages: Mapping[str, Stage], now: datetime) -> VacancyLine:
    cells = [_cell(stages.get(state, Stage(state)), now) for state in COLUMNS]
    invited = stages.get(ApplicationState.INVITED, Stage(ApplicationState.INVITED))
    return VacancyLine(vacancy, vacancy.eligible, invited.count, cells)  # type: ignore[attr-defined]


def _cell(stage: Stage, now: datetime) -> StageCell:
    timed = stage.middle is not None and stage.state in OPEN_STATES
    return StageCell(stage, (now - stage.middle).days if timed and stage.middle else None)
