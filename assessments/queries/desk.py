"""Reads of the contact-centre simulator."""

from datetime import date, datetime
from functools import lru_cache

from django.db.models import Max, QuerySet

from assessments.engine.desk.script import Script
from assessments.engine.desk.timeline import Event
from assessments.enums import RunPurpose, RunState
from assessments.models import Scenario, ScenarioRun, ScenarioVersion
from assessments.rules.desk_policy import rests_until
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


def newest_version(scenario: Scenario) -> ScenarioVersion:
    """The version that new runs get."""
    return scenario.versions.latest("number")


def open_run(candidate: Candidate) -> ScenarioRun | None:
    """The run in progress; a person has one desk."""
    return (
        ScenarioRun.objects.filter(candidate=candidate, state=RunState.OPEN)
        .select_related("version__scenario__language")
        .defer("version__content")
        .first()
    )


def events_of(run: ScenarioRun) -> list[Event]:
    """What happened in a run, in order."""
    rows = run.events.order_by("position").values_list("kind", "contact", "clock_ms", "facts")
    return [Event(*row) for row in rows]


def measured_again_on(candidate: Candidate, scenario: Scenario, now: datetime) -> date | None:
    """First day, on the person's own clock, on which they may be measured with this scenario; None when they may now."""
    runs = ScenarioRun.objects.filter(candidate=candidate)
    last = runs.filter(purpose=RunPurpose.MEASURED).aggregate(at=Max("finished_at"))["at"]
    known = runs.filter(version__scenario=scenario).aggregate(at=Max("started_at"))["at"]
    days = [retake_on(own_date(candidate, last))] if last else []
    days += [rests_until(own_date(candidate, known))] if known else []
    day = max(days, default=None)
    return day if day and own_date(candidate, now) < day else None


def may_train(candidate: Candidate | None, scenario: Scenario) -> bool:
    """Whether a scenario is there for training and preview: not measured, or measured and behind the person."""
    if not scenario.measured:
        return True
    done = ScenarioRun.objects.filter(
        candidate=candidate, purpose=RunPurpose.MEASURED, state=RunState.FINISHED, version__scenario=scenario
    )
    return candidate is not None and done.exists()
