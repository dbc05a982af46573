"""The contact-centre simulator: scenarios with their versions, runs of them, and what happened in a run."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import RunEnd, RunEventKind, RunPurpose, RunState
from assessments.models.measurement import Measurement
from common.naming import day_in_words


class Scenario(models.Model):
    """A shop with a desk. Its content stands in versions; the newest one is given to people."""

    code = models.SlugField(_("code"), unique=True)
    language = models.ForeignKey("reference.Language", on_delete=models.PROTECT, verbose_name=_("language"))
    measured = models.BooleanField(
        _("measured"),
        default=False,
        help_text=_("A measured scenario gives a level and is never used for training before that."),
    )
    live = models.BooleanField(_("given to people"), default=True)
    valid_months = models.PositiveSmallIntegerField(_("months that a result holds"), default=24)

    class Meta:
        verbose_name = _("desk scenario")
        verbose_name_plural = _("desk scenarios")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ScenarioVersion(models.Model):
    """The script of a scenario as it was at a time, as JSON text. Never changed: an edit makes the next one."""

    scenario = models.ForeignKey(
        Scenario, on_delete=models.PROTECT, related_name="versions", verbose_name=_("scenario")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.TextField(_("content"))
    digest = models.CharField(_("digest"), max_length=64)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("scenario version")
        verbose_name_plural = _("scenario versions")
        ordering = ["scenario", "-number"]
        constraints = [models.UniqueConstraint("scenario", "number", name="scenario_version_once")]

    def __str__(self) -> str:
        return f"{self.scenario.code} {self.number}"


class ScenarioRun(models.Model):
    """One shift at the desk, of a candidate or, for a job preview, of a visitor's browser (`visitor` is its secret).

    `clock_ms` is desk time when the page was last heard (`heard_at`); `polls` whether it reports by itself. `time_factor`
    stretches desk time: 1.5 gives half as much again, 0 takes the limits away. `drafts` keeps what was chosen and not sent.
    """

    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="desk_runs",
        verbose_name=_("candidate"),
    )
    visitor = models.CharField(max_length=43, blank=True, editable=False)
    version = models.ForeignKey(
        ScenarioVersion, on_delete=models.PROTECT, related_name="runs", verbose_name=_("scenario version")
    )
    purpose = models.CharField(_("purpose"), max_length=16, choices=RunPurpose)
    state = models.CharField(_("state"), max_length=16, choices=RunState, default=RunState.OPEN)
    seed = models.BigIntegerField(_("seed"))
    time_factor = models.DecimalField(_("time factor"), max_digits=3, decimal_places=2, default=Decimal(1))
    started_at = models.DateTimeField(_("started"))
    heard_at = models.DateTimeField(_("last heard"))
    clock_ms = models.PositiveIntegerField(_("desk time in ms"), default=0)
    credited_ms = models.PositiveBigIntegerField(_("time credited in ms"), default=0)
    polls = models.BooleanField(_("page reports by itself"), default=False)
    drafts = models.JSONField(_("drafts"), default=dict)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    ended_because = models.CharField(_("ended because"), max_length=16, choices=RunEnd, blank=True)
    rules_version = models.CharField(_("version of the rules"), max_length=8, blank=True)
    resolution = models.PositiveSmallIntegerField(_("resolution"), null=True, blank=True)
    correctness = models.PositiveSmallIntegerField(_("correctness"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    tone = models.PositiveSmallIntegerField(_("tone"), null=True, blank=True)
    total = models.PositiveSmallIntegerField(_("total"), null=True, blank=True)
    harms = models.PositiveSmallIntegerField(_("things that must never happen"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(
        _("level"), null=True, blank=True, help_text=_("0 means that no level was reached.")
    )
    measurement = models.OneToOneField(
        Measurement,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="desk_run",
        verbose_name=_("measurement"),
    )

    class Meta:
        verbose_name = _("desk run")
        verbose_name_plural = _("desk runs")
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["heard_at"], condition=models.Q(state="open"), name="desk_run_open_by_heard")
        ]
        constraints = [
            models.UniqueConstraint(
                "candidate", condition=models.Q(state="open"), name="desk_run_one_open_per_candidate"
            ),
            models.CheckConstraint(
                condition=models.Q(candidate__isnull=False, visitor="")
                | (models.Q(candidate=None, purpose="preview") & ~models.Q(visitor="")),
                name="desk_run_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="finished")
                | models.Q(
                    finished_at__isnull=False,
                    resolution__range=(0, 100),
                    correctness__range=(0, 100),
                    priority__range=(0, 100),
                    tone__range=(0, 100),
                    total__range=(0, 100),
                    level__range=(0, 3),
                    harms__isnull=False,
                ),
                name="desk_run_finished_has_scores",
            ),
            models.CheckConstraint(
                condition=models.Q(measurement=None)
                | models.Q(purpose="measured", state="finished", level__gte=1),
                name="desk_run_measured_has_level",
            ),
            models.CheckConstraint(
                condition=models.Q(time_factor=0) | models.Q(time_factor__gte=1),
                name="desk_run_time_factor_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {day_in_words(self.started_at)}: {self.get_state_display()}"

    @property
    def timed(self) -> bool:
        """Whether time limits hold."""
        return bool(self.time_factor)


class RunEvent(models.Model):
    """One thing that happened, at `position` from 1. `key` names the press of a button: a second one changes nothing."""

    run = models.ForeignKey(ScenarioRun, on_delete=models.CASCADE, related_name="events")
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("what happened"), max_length=16, choices=RunEventKind)
    contact = models.CharField(_("contact"), max_length=40, blank=True)
    at = models.DateTimeField(_("at"))
    clock_ms = models.PositiveIntegerField(_("desk time in ms"))
    key = models.UUIDField(null=True, blank=True)
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("desk event")
        verbose_name_plural = _("desk events")
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint("run", "position", name="run_event_position_once"),
            models.UniqueConstraint("run", "key", name="run_event_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.position}"
