"""Desks as a person can work at them now."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from assessments.engine.desk.script import Script
from assessments.enums import RunPurpose, RunState
from assessments.models import Scenario, ScenarioRun, ScenarioVersion
from assessments.queries.desk import live_scenarios, may_train, measured_again_on, open_run, script_of
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


def desk_standing(candidate: Candidate, scenario: Scenario, now: datetime) -> DeskStanding:
    """One desk."""
    return _standing(candidate, scenario, script_of(scenario.versions.latest("number").content), now)


def desk_tests(candidate: Candidate, now: datetime) -> list[DeskStanding]:
    """Every desk, those for practice first."""
    newest = ScenarioVersion.objects.order_by("scenario", "-number").distinct("scenario")
    scenarios = live_scenarios().prefetch_related(Prefetch("versions", queryset=newest, to_attr="newest"))
    return [
        _standing(candidate, scenario, script_of(scenario.newest[0].content), now) for scenario in scenarios
    ]


def _standing(candidate: Candidate, scenario: Scenario, script: Script, now: datetime) -> DeskStanding:
    running = open_run(candidate)
    if running and was_left(running.heard_at, now):
        running = None
    mine = running is not None and running.version.scenario_id == scenario.pk
    finished = ScenarioRun.objects.filter(
        candidate=candidate, version__scenario=scenario, state=RunState.FINISHED
    ).order_by("-finished_at")
    last = finished.filter(purpose=RunPurpose.MEASURED).first() or finished.first()
    return DeskStanding(
        scenario=scenario,
        script=script,
        running=running if mine else None,
        other=None if mine else running,
        last=last,
        again_on=measured_again_on(candidate, scenario, now) if scenario.measured else None,
        trains=may_train(candidate, scenario),
    )
