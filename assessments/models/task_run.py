"""One attempt at the tasks at the computer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import SessionState
from assessments.models.measurement import Measurement
from common.naming import day_in_words


class TaskRun(models.Model):
    """Tasks that belong to a `seed`, one after the other. `made_by` is the version of what makes tasks from seeds.

    The task at hand is the one after the last answer. `level` 0 means that none was reached.
    """

    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="task_runs",
        verbose_name=_("candidate"),
    )
    seed = models.BigIntegerField(_("seed"))
    made_by = models.CharField(_("version of the tasks"), max_length=8)
    state = models.CharField(_("state"), max_length=16, choices=SessionState, default=SessionState.OPEN)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    right = models.PositiveSmallIntegerField(_("right"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    measurement = models.OneToOneField(
        Measurement,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="task_run",
        verbose_name=_("measurement"),
    )

    class Meta:
        verbose_name = _("run of computer tasks")
        verbose_name_plural = _("runs of computer tasks")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                "candidate", condition=models.Q(state="open"), name="task_run_one_open_per_candidate"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="finished")
                | models.Q(finished_at__isnull=False, right__isnull=False, level__range=(0, 3)),
                name="task_run_finished_has_scores",
            ),
            models.CheckConstraint(
                condition=models.Q(measurement=None) | models.Q(state="finished", level__gte=1),
                name="task_run_measured_has_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}, {day_in_words(self.started_at)}: {self.get_state_display()}"


class TaskAnswer(models.Model):
    """What was answered to the task at `position`, from 1: a text, cents, an index or indices."""

    run = models.ForeignKey(TaskRun, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("task"), max_length=32)
    answer = models.JSONField(_("answer"))
    right = models.BooleanField(_("right"))
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer to a computer task")
        verbose_name_plural = _("answers to computer tasks")
        ordering = ["run", "position"]
        constraints = [models.UniqueConstraint("run", "position", name="task_answer_position_once")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.position}"
