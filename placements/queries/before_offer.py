"""Results that stand behind a talk: what staff may want confirmed before an offer is made."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from assessments.enums import MeasurementSource
from assessments.models import ConfirmationTest, Measurement
from placements.enums import ApplicationState, Side
from placements.models import Application
from vacancies.models import VersionLanguage, VersionSkill

AT_ONCE = 100
"""So many stand on the page; those behind them move up as these are asked for or their talks end."""


@dataclass(frozen=True, slots=True)
class ResultBehindTalk:
    """A result and the application it stands behind, of several the one that has been in interview longest."""

    result: Measurement
    application: Application


def results_to_confirm(now: datetime | None = None) -> QuerySet[Measurement, Any]:
    """Results of adaptive tests that count, that an application in interview requires, and of which no confirmation was
    ever asked, with `talk` (the application's key) and `since`.

    A test that was withdrawn or done was asked for, too. Whether enough unseen questions are left is only known when
    somebody asks: counting them costs a query a person.
    """
    today = (now or timezone.now()).astimezone(UTC).date()
    talks = Application.objects.owed_by(Side.EMPLOYER).filter(state=ApplicationState.IN_INTERVIEW)
    required = {"version": OuterRef("version"), "must": True}
    language = VersionLanguage.objects.filter(**required, language=OuterRef(OuterRef("language")))
    skill = VersionSkill.objects.filter(**required, skill=OuterRef(OuterRef("skill")))
    behind = talks.filter(Q(Exists(language)) | Q(Exists(skill)), candidate=OuterRef("candidate"))
    longest = behind.order_by("changed_at", "pk")
    return (
        Measurement.objects.filter(candidate__in=talks.values("candidate"))
        .current(today)
        .filter(source=MeasurementSource.ADAPTIVE_TEST)
        .exclude(Exists(ConfirmationTest.objects.filter(measurement=OuterRef("pk"))))
        .annotate(talk=Subquery(longest.values("pk")[:1]), since=Subquery(longest.values("changed_at")[:1]))
        .filter(talk__isnull=False)
        .order_by("since", "pk")
    )


def results_behind_talks(now: datetime) -> list[ResultBehindTalk]:
    """The first hundred of them, the longest waiting on top. Two queries."""
    results = list(results_to_confirm(now).select_related("candidate", "language", "skill")[:AT_ONCE])
    applications = Application.objects.select_related("employer", "version").in_bulk(
        [result.talk for result in results]
    )
    return [
        ResultBehindTalk(result, applications[result.talk])
        for result in results
        if result.talk in applications
    ]
