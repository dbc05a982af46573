"""Talks that rest on results of tests: what staff may want confirmed before an offer is made."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assessments.enums import MeasurementSource
from assessments.models import ConfirmationTest, Measurement
from placements.enums import ApplicationState
from placements.models import Application
from vacancies.models import VersionLanguage, VersionSkill

AT_ONCE = 100
"""So many stand on the page; those behind them move up as these are asked for or their talks end."""


@dataclass(frozen=True, slots=True)
class TalkToConfirm:
    """An application in interview and the results of the person that it rests on, which nobody was asked to confirm."""

    application: Application
    results: list[Measurement]


def talks_to_confirm(now: datetime | None = None) -> QuerySet[Application]:
    """Applications in interview that rest on a result to confirm, the longest in interview first.

    The index `application_in_interview` gives the order, so that a few are found without looking at all.
    """
    talks = Application.objects.filter(state=ApplicationState.IN_INTERVIEW)
    return talks.filter(Exists(_results_behind(now))).order_by("changed_at", "pk")


def talks_with_results(now: datetime) -> list[TalkToConfirm]:
    """The first hundred of them with what is to be confirmed. Three queries.

    The first joins nothing: what it asks of each talk looks so costly to the planner that it takes no care of how it
    joins, and reads every candidate.
    """
    first = talks_to_confirm(now).annotate(results=ArraySubquery(_results_behind(now).values("pk")))
    keys = dict(first.values_list("pk", "results")[:AT_ONCE])
    talks = Application.objects.select_related("candidate", "employer", "version").in_bulk(list(keys))
    found = Measurement.objects.select_related("language", "skill").in_bulk(
        [key for results in keys.values() for key in results]
    )
    return [
        TalkToConfirm(talks[talk], [found[key] for key in results if key in found])
        for talk, results in keys.items()
        if talk in talks
    ]


def _results_behind(now: datetime | None) -> QuerySet[Measurement, Any]:
    """Of an application (the outer query): results of adaptive tests that count, in what its version requires, of which
    no confirmation was ever asked; one that was withdrawn was asked for, too.

    An adaptive test of a language measures reading and use, of which the newest is what counts. Whether enough unseen
    questions are left is only found when somebody asks: counting them costs a query a person.
    """
    today = (now or timezone.now()).astimezone(UTC).date()
    newest = Measurement.objects.filter(candidate=OuterRef("candidate")).newest_of_each_activity(today)
    required = {"version": OuterRef(OuterRef("version")), "must": True}
    language = VersionLanguage.objects.filter(**required, language=OuterRef("language"))
    skill = VersionSkill.objects.filter(**required, skill=OuterRef("skill"))
    asked = ConfirmationTest.objects.filter(measurement=OuterRef("pk"))
    return (
        Measurement.objects.filter(candidate=OuterRef("candidate"), source=MeasurementSource.ADAPTIVE_TEST)
        .filter(Q(Exists(language)) | Q(Exists(skill)), ~Exists(asked), pk__in=newest.values("pk"))
        .order_by("language_id", "skill_id")
    )
