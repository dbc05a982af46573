"""One attempt at a bank and the responses in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import DeviceClass, SessionKind, SessionState, StoppedBecause
from assessments.models.bank import Bank, Item
from assessments.models.cut_scores import CutScores
from common.naming import day_in_words


class Session(models.Model):
    """An attempt. What it is measured by is frozen when it starts: `parameters` holds the items it may give,
    {item code: [a, b, c, *steps]}, `areas` the content area of each, `cuts` the lower bounds of the levels.

    `seed` fixes the order of options, which items rest and the choice among equally good ones, so a session can be replayed.
    The row of the item given last has no answer yet: that is where the person goes on.
    `pilots` says which items are tried out at which position, {position: item code}; they do not count.
    `device_class`, `interface_language` and `with_accommodation` are coarse facts of its start, kept only to see whether
    items treat groups alike; no employer sees them. `rules_version` says which rules of `engine.scoring` its answers are
    scored by; "1" for those from before there were others.
    """

    candidate = models.ForeignKey(
        "candidates.Candidate", on_delete=models.CASCADE, related_name="sessions", verbose_name=_("candidate")
    )
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("bank"))
    kind = models.CharField(_("kind"), max_length=16, choices=SessionKind, default=SessionKind.TEST)
    state = models.CharField(_("state"), max_length=16, choices=SessionState, default=SessionState.OPEN)
    seed = models.BigIntegerField(_("seed"))
    parameters = models.JSONField(_("item parameters"))
    areas = models.JSONField(_("content areas"), default=dict)
    cuts = models.JSONField(_("lower bound of each level"), default=list)
    pilots = models.JSONField(_("items tried out"), default=dict, blank=True)
    cut_scores = models.ForeignKey(
        CutScores, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("cut scores")
    )
    device_class = models.CharField(_("device"), max_length=8, choices=DeviceClass, blank=True)
    interface_language = models.CharField(_("language of the pages"), max_length=8, blank=True)
    with_accommodation = models.BooleanField(_("with an accommodation"), default=False)
    rules_version = models.CharField(_("version of the rules"), max_length=8, db_default="1")
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    stopped_because = models.CharField(_("ended because"), max_length=16, choices=StoppedBecause, blank=True)
    theta = models.FloatField(_("ability"), null=True, blank=True)
    standard_error = models.FloatField(_("standard error"), null=True, blank=True)
    checked_at = models.DateTimeField(_("answers looked through"), null=True, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["bank", "-started_at"], name="session_newest_of_bank"),
            models.Index(
                fields=["finished_at"],
                condition=models.Q(state="finished", checked_at=None),
                name="session_to_look_through",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "candidate", "bank", condition=models.Q(state="open"), name="session_one_open_per_bank"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="finished",
                    finished_at__isnull=False,
                    theta__isnull=False,
                    standard_error__isnull=False,
                )
                | ~models.Q(state="finished"),
                name="session_finished_has_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank}, {day_in_words(self.started_at)}: {self.get_state_display()}"


class Response(models.Model):
    """One item given in a session, at a `position` from 1; waiting while `answered_at` is null.

    `answer` stands as the item's interaction has it, in the item's own indices (`assessments.rules.interactions`);
    `credit` is what it earned, `correct` whether that is all there was to earn. An item that is tried out is not `scored`.
    `noted` counts copying, pasting and leaving the page, where the page could (`assessments.rules.noted`).
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="responses")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="responses", verbose_name=_("item"))
    position = models.PositiveSmallIntegerField(_("position"))
    given_at = models.DateTimeField(_("given"))
    scored = models.BooleanField(_("counts"), default=True)
    answer = models.JSONField(_("answer"), null=True, blank=True)
    credit = models.PositiveSmallIntegerField(_("credit"), null=True, blank=True)
    correct = models.BooleanField(_("correct"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    noted = models.JSONField(_("noted by the page"), default=dict, blank=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["session", "position"]
        constraints = [
            models.UniqueConstraint("session", "position", name="response_position_once"),
            models.UniqueConstraint("session", "item", name="response_item_once"),
            models.CheckConstraint(
                condition=models.Q(answer__isnull=True, credit=None, correct__isnull=True, answered_at=None)
                | models.Q(
                    answer__isnull=False,
                    credit__isnull=False,
                    correct__isnull=False,
                    answered_at__isnull=False,
                ),
                name="response_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.position}"
