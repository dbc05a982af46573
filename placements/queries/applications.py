"""Reads about applications."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, IntegerField, Value, When

from candidates.models import Candidate
from common.keys_first import KeysFirst
from employers.models import Employer
from placements.enums import Side
from placements.models import Application
from placements.models.application import ApplicationQuerySet
from vacancies.models import Vacancy


def applications_of(candidate: Candidate) -> ApplicationQuerySet:
    """Of one person: what moved last first, with vacancy, version and employer. One query."""
    rows = Application.objects.of_candidate(candidate)
    return rows.select_related("vacancy__current", "version", "employer").order_by("-changed_at", "-pk")


def applications_for(employer: Employer) -> ApplicationQuerySet:
    """At one employer: what moved last first, with person, identity and vacancy. One query.

    The name may be shown where `names_shown` says so, nowhere else.
    """
    return Application.objects.of_employer(employer).with_names().order_by("-changed_at", "-pk")


def open_applications_for(employer: Employer, today: date) -> KeysFirst[Application]:
    """Open ones at one employer: what it owes first, the soonest promise on top; with names and `overdue`."""
    turn = Case(When(owed_by=Side.EMPLOYER, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Application.objects.of_employer(employer).open().order_by(turn, "promise_on", "pk")
    return KeysFirst(rows, Application.objects.with_names().with_overdue(today))


def application_between(candidate: Candidate, vacancy: Vacancy) -> Application | None:
    """What is open between the two, else the last that ended."""
    rows = Application.objects.of_candidate(candidate).filter(vacancy=vacancy).with_names()
    # Only one can be open, and an ended one is never older than what began after it.
    return rows.order_by("-pk").first()


def due_for(employer: Employer, today: date) -> ApplicationQuerySet:
    """Answers that the employer owes, the soonest (or longest overdue) first, with `overdue` and who it is about."""
    owed = Application.objects.of_employer(employer).owed_by(Side.EMPLOYER)
    return owed.with_names().with_overdue(today).order_by("promise_on", "pk")


def due_for_candidate(candidate: Candidate, today: date) -> ApplicationQuerySet:
    """Answers that the person owes, the soonest first, with `overdue`, vacancy and employer."""
    owed = Application.objects.of_candidate(candidate).owed_by(Side.CANDIDATE)
    rows = owed.select_related("vacancy__current", "version", "employer").with_overdue(today)
    return rows.order_by("promise_on", "pk")


def own_states(candidate: Candidate, vacancies: Iterable[Vacancy]) -> dict[int, Application]:
    """{vacancy id: what is open there, else the last that ended} of one person; one query."""
    rows = Application.objects.of_candidate(candidate).filter(vacancy__in=[one.pk for one in vacancies])
    return {row.vacancy_id: row for row in rows.order_by("pk")}


def next_waiting(candidate: Candidate) -> Application | None:
    """The application in which the person owes the soonest answer. One query."""
    return own_applications(candidate).filter(owed_by=Side.CANDIDATE).first()


def own_applications(candidate: Candidate) -> ApplicationQuerySet:
    """Of one person, as their list shows them: with `group` 0 where they owe an answer, 1 where the employer does, 2 ended.

    The soonest promise first, the last ended first. One query.
    """
    group = Case(
        When(owed_by=Side.CANDIDATE, then=Value(0)),
        When(owed_by=Side.EMPLOYER, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        applications_of(candidate).annotate(group=group).order_by("group", "promise_on", "-changed_at", "-pk")
    )
