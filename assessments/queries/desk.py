"""Reads of the contact-centre simulator."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.db.models import QuerySet

from assessments.engine.desk.script import Script
from assessments.engine.desk.timeline import Event
from assessments.enums import RunPurpose, RunState
from assessments.models import Scenario, ScenarioRun, ScenarioVersion
from assessments.rules.policy import retake_on
from assessments.rules.scenario_sheet import read_script
from candidates.models import Candidate
from candidates.queries import own_date


@lru_cache(maxsize=32)
def script_of(content: str) -> Script:
    """The script that a version holds; reading one takes some milliseconds, so the last ones are kept."""
    return read_script(content)


def live_scenarios() -> QuerySet[Scenario]:
    """Scenarios that are given to people, those for practice first."""
    return (
        Scenario.objects.filter(live=True)
        .exclude(versions=None)
        .select_related("language")
        .order_by("measured", "language_id", "code")
    )


def preview_scenario(language: str) -> Scenario | None:
    """A desk that anybody may try, in the reader's language where there is one. One query."""
    desks = list(live_scenarios().filter(measured=False))
    return next((desk for desk in desks if desk.language_id == language), next(iter(desks), None))


def newest_version(scenario: Scenario) -> ScenarioVersion:
    """The version that new runs get."""
    return scenario.versions.latest("number")


def runs_of(candidate: Candidate) -> list[ScenarioRun]:
    """Every run of a person, the newest first, with its scenario and without its script. One query."""
    return list(
        ScenarioRun.objects.filter(candidate=candidate)
        .select_related("version__scenario__language", "measurement")
        .defer("version__content")
        .order_by("-started_at", "-pk")
    )


def events_of(run: ScenarioRun) -> list[Event]:
    """What happened in a run, in order."""
    rows = run.events.order_by("position").values_list("kind", "contact", "clock_ms", "facts")
    return [Event(*row) for row in rows]


def measured_again_on(candidate: Candidate, runs: Iterable[ScenarioRun], now: datetime) -> date | None:
    """First day, on the person's own clock, on which a desk may measure them again; None when one may now."""
    finished = [run.finished_at for run in runs if run.purpose == RunPurpose.MEASURED and run.finished_at]
    day = retake_on(own_date(candidate, max(finished))) if finished else None
    return day if day and own_date(candidate, now) < day else None


def unseen_desks(desks: Iterable[Scenario], runs: Iterable[ScenarioRun]) -> list[Scenario]:
    """Those of the measured desks at which the person never sat, whatever for and however it ended."""
    seen = {run.version.scenario_id for run in runs}
    return [desk for desk in desks if desk.measured and desk.pk not in seen]


def may_train(scenario: Scenario, runs: Iterable[ScenarioRun]) -> bool:
    """Whether a scenario is there for training and preview: not measured, or measured and behind the person."""
    return not scenario.measured or any(
        run.purpose == RunPurpose.MEASURED
        and run.state != RunState.OPEN
        and run.version.scenario_id == scenario.pk
        for run in runs
    )
