"""One attempt at copying a text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.engine.typing_score import Copy, Speed, speed_of
from assessments.enums import SessionState
from assessments.models.measurement import Measurement
from common.naming import day_in_words


class TypingRun(models.Model):
    """A text that somebody copies against the clock of the server. What was typed stays; single keystrokes are never kept.

    The clock runs from `shown_at` (when the page reported that it had appeared; else from `started_at`) to
    `finished_at`; `credit_seconds` is given back for a line that was silent. `draft` is the last text that an open run
    reported, at `draft_at`, with the page's own number; until it is finished `characters` is the longest that it ever
    was. `limit_seconds` is None where the person has no time limit.
    `level` 0 means that none was reached.
    """

    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="typing_runs",
        verbose_name=_("candidate"),
    )
    language = models.ForeignKey("reference.Language", on_delete=models.PROTECT, verbose_name=_("language"))
    passage = models.CharField(_("text"), max_length=32)
    practice = models.BooleanField(_("practice"), default=False)
    state = models.CharField(_("state"), max_length=16, choices=SessionState, default=SessionState.OPEN)
    limit_seconds = models.PositiveSmallIntegerField(_("time limit in seconds"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"))
    shown_at = models.DateTimeField(_("shown"), null=True, blank=True)
    draft = models.TextField(_("draft"), blank=True)
    draft_number = models.PositiveIntegerField(_("number of the draft"), default=0)
    draft_at = models.DateTimeField(_("draft received"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    credit_seconds = models.FloatField(_("seconds given back"), default=0)
    typed = models.TextField(_("what was typed"), blank=True)
    seconds = models.FloatField(_("seconds counted"), null=True, blank=True)
    characters = models.PositiveIntegerField(_("characters typed"), null=True, blank=True)
    reached = models.PositiveIntegerField(_("characters of the text covered"), null=True, blank=True)
    errors = models.PositiveIntegerField(_("errors"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    measurement = models.OneToOneField(
        Measurement,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="typing_run",
        verbose_name=_("measurement"),
    )

    class Meta:
        verbose_name = _("typing run")
        verbose_name_plural = _("typing runs")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                "candidate", condition=models.Q(state="open"), name="typing_run_one_open_per_candidate"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="finished")
                | models.Q(
                    finished_at__isnull=False,
                    seconds__gt=0,
                    characters__isnull=False,
                    reached__isnull=False,
                    errors__isnull=False,
                    level__range=(0, 3),
                ),
                name="typing_run_finished_has_scores",
            ),
            models.CheckConstraint(
                condition=models.Q(measurement=None)
                | models.Q(practice=False, state="finished", level__gte=1),
                name="typing_run_measured_has_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}, {day_in_words(self.started_at)}: {self.get_state_display()}"

    @property
    def speed(self) -> Speed | None:
        """Speed and accuracy of a finished run."""
        if self.seconds is None or self.characters is None or self.reached is None or self.errors is None:
            return None
        return speed_of(Copy(self.characters, self.reached, self.errors), self.seconds)

    @property
    def limit_minutes(self) -> float:
        """The time limit in minutes; 0 without one."""
        return (self.limit_seconds or 0) / 60
