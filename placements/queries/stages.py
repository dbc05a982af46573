"""People by stage, how long they stand there, and the dates that are promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DateTimeField,
    F,
    IntegerField,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)

from common.keys_first import KeysFirst
from placements.enums import OPEN_STATES, ApplicationState, Side
from placements.models import Application
from vacancies.models import Vacancy

STAGES = (
    ApplicationState.INTERESTED,
    ApplicationState.BOTH_INTERESTED,
    ApplicationState.IN_INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.INVITED,
)
"""The open states, those first in which the employer can do something."""
FUNNEL = (*OPEN_STATES, ApplicationState.HIRED)
ENDED = (ApplicationState.DECLINED, ApplicationState.WITHDRAWN, ApplicationState.EXPIRED)


class MiddleMoment(Aggregate):
    """The median of moments: the earlier one of two in the middle."""

    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DateTimeField()


@dataclass(frozen=True, slots=True)
class Stage:
    """Applications of one vacancy in one state: how many, how many past the date that the employer promised.

    `middle` is since when the middle one of them stands there, `first` since when the longest.
    """

    state: str
    count: int = 0
    missed: int = 0
    middle: datetime | None = None
    first: datetime | None = None

    @property
    def label(self) -> str:
        """The state in words."""
        return str(ApplicationState(self.state).label)


def stages_of(vacancies: Iterable[Vacancy], today: date) -> dict[int, dict[str, Stage]]:
    """{vacancy id: {state: its people}}, without states that nobody is in. One query."""
    missed = Q(promise_on__lt=today, owed_by=Side.EMPLOYER)
    rows = (
        Application.objects.filter(vacancy__in=[one.pk for one in vacancies])
        .values("vacancy_id", "state")
        .annotate(
            n=Count("pk"),
            missed=Count("pk", filter=missed),
            middle=MiddleMoment("changed_at"),
            first=Min("changed_at"),
        )
        .order_by("vacancy_id", "state")
    )
    found: dict[int, dict[str, Stage]] = {}
    for row in rows:
        stage = Stage(row["state"], row["n"], row["missed"], row["middle"], row["first"])
        found.setdefault(row["vacancy_id"], {})[stage.state] = stage
    return found


def promised_days(applications: "QuerySet[Application]") -> list[dict[str, Any]]:
    """{day, ours, theirs}: answers that the employer and the people owe, by the day promised. One query."""
    rows = (
        applications.filter(state__in=OPEN_STATES)
        .values("promise_on")
        .annotate(
            ours=Count("pk", filter=Q(owed_by=Side.EMPLOYER)),
            theirs=Count("pk", filter=Q(owed_by=Side.CANDIDATE)),
        )
        .order_by("promise_on")
    )
    return [{"day": row["promise_on"], "ours": row["ours"], "theirs": row["theirs"]} for row in rows]


def people_in(vacancy: Vacancy, states: Iterable[str], today: date, count: int) -> KeysFirst[Application]:
    """Applications of a vacancy in some states, by stage, the soonest promise first; with names and `overdue`.

    What has ended stands by its end, the latest first. `count` is how many there are: `stages_of` knows.
    """
    place = Case(
        *(When(state=state, then=Value(at)) for at, state in enumerate(STAGES)),
        default=Value(len(STAGES)),
        output_field=IntegerField(),
    )
    rows = Application.objects.filter(vacancy=vacancy, state__in=list(states))
    order = (place, F("promise_on").asc(nulls_last=True), "-ended_at", "pk")
    return KeysFirst(rows.order_by(*order), Application.objects.with_names().with_overdue(today), count)
