"""Desks as a person can work at them now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

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
    unseen_desks,
)
from assessments.rules.desk_policy import was_left
from candidates.models import Candidate
from reference.models import Language

MeasuredState = Literal["ready", "open", "busy", "wait", "used_up", "none"]


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """One desk and what the person can do with it. `other` is a run of another desk or purpose that is still open."""

    scenario: Scenario
    script: Script
    running: ScenarioRun | None
    other: ScenarioRun | None
    last: ScenarioRun | None
    trains: bool


@dataclass(frozen=True, slots=True)
class MeasuredStanding:
    """The measured shift in one language. "busy" while another shift is open, "none" where no desk measures.

    `desks` is how many measure, `unseen` at how many of them the person never sat: each of those is one shift.
    `scripts` are those of the unseen ones, or of all when there is none; `elsewhere` are other languages with unseen ones.
    """

    language: Language
    state: MeasuredState
    desks: int
    unseen: int
    running: ScenarioRun | None
    last: ScenarioRun | None
    again_on: date | None
    scripts: list[Script]
    valid_months: int
    elsewhere: list[Language]

    @property
    def retakes(self) -> int:
        """How often the person can be measured again, after the shift that comes next when it is the first."""
        return self.unseen if self.last or self.state == "open" else max(0, self.unseen - 1)

    @property
    def minutes(self) -> int:
        """Length of the longest shift."""
        return max((script.minutes for script in self.scripts), default=0)

    @property
    def contacts(self) -> int:
        """Most contacts of a shift."""
        return max((len(script.contacts) for script in self.scripts), default=0)

    @property
    def script(self) -> Script | None:
        """One script for all where weights and cuts are the same at all of them."""
        rules = {(tuple(script.weights.items()), script.cuts) for script in self.scripts}
        return self.scripts[0] if len(rules) == 1 else None


@dataclass(frozen=True, slots=True)
class DeskTests:
    """All that stands on the page of desks: practice, the measured shift by language, and desks behind the person."""

    practice: list[DeskStanding]
    measured: list[MeasuredStanding]
    behind: list[DeskStanding]


def desk_standing(candidate: Candidate, scenario: Scenario, now: datetime) -> DeskStanding:
    """One desk."""
    script = script_of(newest_version(scenario).content)
    return _standing(scenario, script, runs_of(candidate), now)


def measured_standing(candidate: Candidate, language: Language, now: datetime) -> MeasuredStanding:
    """The measured shift in one language. Three queries."""
    return _measured(candidate, language, _live_desks(), runs_of(candidate), now)


def desk_tests(candidate: Candidate, now: datetime) -> DeskTests:
    """Every desk. Three queries."""
    desks, runs = _live_desks(), runs_of(candidate)
    standings = [_standing(desk, _script(desk), runs, now) for desk in desks]
    languages = {desk.language_id: desk.language for desk in desks if desk.measured}
    return DeskTests(
        practice=[one for one in standings if not one.scenario.measured],
        measured=[_measured(candidate, language, desks, runs, now) for language in languages.values()],
        behind=[one for one in standings if one.scenario.measured and one.trains],
    )


def described_desks() -> list[tuple[Scenario, Script]]:
    """Every desk with its script. Two queries."""
    return [(desk, _script(desk)) for desk in _live_desks()]


def _live_desks() -> list[Scenario]:
    newest = ScenarioVersion.objects.order_by("scenario_id", "-number").distinct("scenario_id")
    return list(live_scenarios().prefetch_related(Prefetch("versions", queryset=newest)))


def _script(desk: Scenario) -> Script:
    (newest,) = desk.versions.all()
    return script_of(newest.content)


def _open(runs: Sequence[ScenarioRun], now: datetime) -> ScenarioRun | None:
    return next((run for run in runs if run.state == RunState.OPEN and not was_left(run.heard_at, now)), None)


def _standing(scenario: Scenario, script: Script, runs: Sequence[ScenarioRun], now: datetime) -> DeskStanding:
    running = _open(runs, now)
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
        trains=may_train(scenario, runs),
    )


def _measured(
    candidate: Candidate,
    language: Language,
    desks: Sequence[Scenario],
    runs: Sequence[ScenarioRun],
    now: datetime,
) -> MeasuredStanding:
    here = [desk for desk in desks if desk.measured and desk.language_id == language.pk]
    unseen, running = unseen_desks(here, runs), _open(runs, now)
    mine = [
        run
        for run in runs
        if run.purpose == RunPurpose.MEASURED and run.version.scenario.language_id == language.pk
    ]
    again_on = measured_again_on(candidate, runs, now)
    state: MeasuredState = "ready"
    if running:
        state = "open" if running in mine else "busy"
    elif not here:
        state = "none"
    elif not unseen:
        state = "used_up"
    elif again_on:
        state = "wait"
    others = {desk.language_id: desk.language for desk in unseen_desks(desks, runs)}
    return MeasuredStanding(
        language=language,
        state=state,
        desks=len(here),
        unseen=len(unseen),
        running=running,
        last=next((run for run in mine if run.state == RunState.FINISHED), None),
        again_on=again_on,
        scripts=[_script(desk) for desk in unseen or here],
        valid_months=min((desk.valid_months for desk in here), default=0),
        elsewhere=[one for one in others.values() if one.pk != language.pk],
    )
