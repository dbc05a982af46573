"""Tests that people rate: tasks, what somebody wrote or said, the ratings of it, and an appeal."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import (
    Activity,
    AppealOutcome,
    RatedKind,
    RatedTaskState,
    RatingRound,
    RatingState,
    WorkState,
)
from assessments.models.measurement import Measurement
from common.naming import day_in_words
from reference.enums import CEFRLevel


class RatedTask(models.Model):
    """A customer's mail, chat or question to answer. `turns` are what the customer says, one after the other.

    `expects` says what a good answer contains: for raters, never for candidates. Written by `manage.py load_rated_tasks`.
    """

    code = models.CharField(_("code"), max_length=32, unique=True)
    language = models.ForeignKey("reference.Language", on_delete=models.PROTECT, verbose_name=_("language"))
    activity = models.CharField(_("activity"), max_length=24, choices=Activity)
    kind = models.CharField(_("kind"), max_length=16, choices=RatedKind)
    level = models.PositiveSmallIntegerField(_("level that it aims at"), choices=CEFRLevel)
    title = models.CharField(_("title"), max_length=120)
    situation = models.TextField(_("situation"))
    facts = models.JSONField(_("what you know"))
    turns = models.JSONField(_("what the customer says"))
    expects = models.JSONField(_("what a good answer contains"))
    state = models.CharField(_("state"), max_length=16, choices=RatedTaskState, default=RatedTaskState.LIVE)
    times_given = models.PositiveIntegerField(_("times given"), default=0)

    class Meta:
        verbose_name = _("rated task")
        verbose_name_plural = _("rated tasks")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Work(models.Model):
    """What a person wrote or said in one attempt. Raters know it by its `number` only.

    `raters_wanted` of the present `round` and `raters_active` (taken or given) are what the queue goes by; `value` and
    `margin` are in bands (A1 = 1 … C2 = 6).
    """

    number = models.UUIDField(_("number"), default=uuid.uuid4, unique=True, editable=False)
    candidate = models.ForeignKey(
        "candidates.Candidate", on_delete=models.CASCADE, related_name="works", verbose_name=_("candidate")
    )
    language = models.ForeignKey("reference.Language", on_delete=models.PROTECT, verbose_name=_("language"))
    activity = models.CharField(_("activity"), max_length=24, choices=Activity)
    state = models.CharField(_("state"), max_length=16, choices=WorkState, default=WorkState.DRAFT)
    started_at = models.DateTimeField(_("started"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), choices=RatingRound, default=RatingRound.FIRST)
    raters_wanted = models.PositiveSmallIntegerField(_("raters wanted"), default=2)
    raters_active = models.PositiveSmallIntegerField(_("raters at it or done"), default=0)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("staff reminded"), null=True, blank=True)
    rated_at = models.DateTimeField(_("rated"), null=True, blank=True)
    value = models.FloatField(_("value in bands"), null=True, blank=True)
    margin = models.FloatField(_("margin in bands"), null=True, blank=True)
    measurement = models.OneToOneField(
        Measurement, on_delete=models.RESTRICT, null=True, blank=True, related_name="work", editable=False
    )

    class Meta:
        verbose_name = _("rated work")
        verbose_name_plural = _("rated work")
        ordering = ["-started_at"]
        permissions = [("rate_work", _("Can rate work"))]
        indexes = [
            models.Index(
                fields=["due_on", "waiting_since"],
                condition=models.Q(state__in=["submitted", "appealed"]),
                name="work_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                "candidate",
                "language",
                "activity",
                condition=models.Q(state__in=["draft", "submitted"]),
                name="work_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(raters_active__lte=models.F("raters_wanted"), raters_wanted__lte=3),
                name="work_raters_no_more_than_wanted",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "left"], submitted_at=None)
                | models.Q(submitted_at__isnull=False, due_on__isnull=False, waiting_since__isnull=False),
                name="work_handed_in_is_due",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["rated", "appealed"])
                | models.Q(
                    value__isnull=False,
                    margin__isnull=False,
                    measurement__isnull=False,
                    rated_at__isnull=False,
                ),
                name="work_rated_has_result",
            ),
        ]

    def __str__(self) -> str:
        return self.short_number

    @property
    def short_number(self) -> str:
        """What staff call it: the first six signs of its number."""
        return self.number.hex[:6].upper()


class Reply(models.Model):
    """The answer to one turn of one task. In a chat it is sent (`sent_at`) and then stands; `pasted` counts characters.

    `revision` moves with every save, so that one window never overwrites what another one saved. The text is deleted
    (`deleted_at`) once it has served.
    """

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="replies", verbose_name=_("work"))
    task = models.ForeignKey(
        RatedTask, on_delete=models.PROTECT, related_name="replies", verbose_name=_("task")
    )
    position = models.PositiveSmallIntegerField(_("position of the task"))
    turn = models.PositiveSmallIntegerField(_("turn"))
    text = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    pasted = models.PositiveIntegerField(_("characters pasted"), default=0)
    deleted_at = models.DateTimeField(_("text deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["work", "position", "turn"]
        constraints = [
            models.UniqueConstraint("work", "position", "turn", name="reply_once_per_turn"),
            models.UniqueConstraint("work", "task", "turn", name="reply_task_once_per_work"),
            models.CheckConstraint(
                condition=models.Q(deleted_at=None) | models.Q(text=""), name="reply_deleted_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_id}/{self.position}.{self.turn}"

    @property
    def asked(self) -> str:
        """What the customer said."""
        return str(self.task.turns[self.turn])


class Rater(models.Model):
    """Somebody of the staff who rates, and in which languages."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rater", verbose_name=_("person")
    )
    languages = models.ManyToManyField(
        "reference.Language", verbose_name=_("languages"), help_text=_("In which this person rates.")
    )
    active = models.BooleanField(_("rates"), default=True)

    class Meta:
        verbose_name = _("rater")
        verbose_name_plural = _("raters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.user)


class Rating(models.Model):
    """One rater's independent look at one work. `levels` is {criterion: 1–6}; `mark` their mean in bands."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="ratings", verbose_name=_("work"))
    rater = models.ForeignKey(
        Rater, on_delete=models.PROTECT, related_name="ratings", verbose_name=_("rater")
    )
    round = models.PositiveSmallIntegerField(_("round"), choices=RatingRound)
    state = models.CharField(_("state"), max_length=16, choices=RatingState, default=RatingState.TAKEN)
    taken_at = models.DateTimeField(_("taken"))
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    rubric_version = models.CharField(_("rubric"), max_length=8, blank=True)
    levels = models.JSONField(_("levels"), default=dict)
    mark = models.FloatField(_("mark in bands"), null=True, blank=True)
    words = models.TextField(_("words to the person"), blank=True)
    declined_because = models.CharField(_("declined because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["-taken_at"]
        constraints = [
            models.UniqueConstraint("work", "rater", name="rating_once_per_rater"),
            models.UniqueConstraint(
                "rater", condition=models.Q(state="taken"), name="rating_one_at_a_time_per_rater"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="given")
                | models.Q(given_at__isnull=False, mark__range=(1, 6)) & ~models.Q(rubric_version=""),
                name="rating_given_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work}, {day_in_words(self.taken_at)}"


class Appeal(models.Model):
    """A person's one request to have a result looked at again, and what came of it."""

    work = models.OneToOneField(Work, on_delete=models.CASCADE, related_name="appeal", verbose_name=_("work"))
    reason = models.TextField(_("reason"))
    filed_at = models.DateTimeField(_("filed"))
    due_on = models.DateField(_("due on"))
    outcome = models.CharField(
        _("outcome"), max_length=16, choices=AppealOutcome, default=AppealOutcome.OPEN, blank=True
    )
    value_before = models.FloatField(_("value before"))
    margin_before = models.FloatField(_("margin before"))
    level_before = models.PositiveSmallIntegerField(_("level before"), choices=CEFRLevel)
    value_found = models.FloatField(_("value found"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_at=None)
                | ~models.Q(outcome="") & models.Q(decided_at__isnull=False, value_found__isnull=False),
                name="appeal_decided_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.work)
