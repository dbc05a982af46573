"""Desks as a person can work at them now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from assessments.engine.desk.script import Script
from assessments.enums import RunPurpose, RunState
from assessments.models import Scenario, ScenarioRun, ScenarioVersion
from assessments.queries.desk import (
    live_scenarios,
    may_train,
    measured_again_on,
    newest_version,
    runs_of,
    script_of,
)
from assessments.rules.desk_policy import was_left
from candidates.models import Candidate


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """One desk and what the person can do with it. `other` is a run of another desk or purpose that is still open."""

    scenario: Scenario
    script: Script
    running: ScenarioRun | None
    other: ScenarioRun | None
    last: ScenarioRun | None
    again_on: date | None
    trains: bool

    @property
    def measures(self) -> bool:
        """Whether a measured run can begin now."""
        return self.scenario.measured and not (self.again_on or self.running or self.other)


def _running(runs: Sequence[ScenarioRun], now: datetime) -> ScenarioRun | None:
    return next((run for run in runs if run.state == RunState.OPEN and not was_left(run.heard_at, now)), None)


def desk_standing(candidate: Candidate, scenario: Scenario, now: datetime) -> DeskStanding:
    """One desk."""
    script = script_of(newest_version(scenario).content)
    return _standing(candidate, scenario, script, runs_of(candidate), now)


def desk_tests(candidate: Candidate, now: datetime) -> list[DeskStanding]:
    """Every desk, those for practice first. Three queries."""
    newest = ScenarioVersion.objects.order_by("scenario_id", "-number").distinct("scenario_id")
    scenarios = live_scenarios().prefetch_related(Prefetch("versions", queryset=newest, to_attr="newest"))
    runs = runs_of(candidate)
    return [
        _standing(candidate, scenario, script_of(scenario.newest[0].content), runs, now)
        for scenario in scenarios
    ]


def _standing(
    candidate: Candidate, scenario: Scenario, script: Script, runs: Sequence[ScenarioRun], now: datetime
) -> DeskStanding:
    running = _running(runs, now)
    here = [run for run in runs if run.version.scenario_id == scenario.pk]
    mine = running in here
    finished = [run for run in here if run.state == RunState.FINISHED]
    measured = [run for run in finished if run.purpose == RunPurpose.MEASURED]
    return DeskStanding(
        scenario=scenario,
        script=script,
        running=running if mine else None,
        other=None if mine else running,
        last=next(iter(measured or finished), None),
        again_on=measured_again_on(candidate, scenario, runs, now) if scenario.measured else None,
        trains=may_train(scenario, runs),
    )
