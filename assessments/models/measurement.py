"""What has been measured of a person."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import Activity, MeasurementSource
from assessments.models.session import Session
from reference.enums import CEFRLevel
from reference.names import language_name

NEWEST_FIRST = ("-measured_on", "-recorded_at", "-pk")


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    """The vocabulary of measurements."""

    def standing(self, on: date) -> "MeasurementQuerySet":
        """Neither revoked nor expired on the day; both the first and the last day count."""
        return self.filter(revoked_at=None, measured_on__lte=on, expires_on__gte=on)

    def newest_each(self, on: date) -> "MeasurementQuerySet":
        """The row that counts on a day, per candidate and language or skill: one pass, for readers of everybody.

        Of a language that is reading and use; where nothing stands of it, the lowest of its other activities, so that
        a language without a bank has a way in. Of each activity the newest row by the day of the measurement, then by
        the moment it was recorded. Filters go before it: one that came later would choose among all rows and not
        among these.
        """
        thing = ("candidate_id", "language_id", "skill_id")
        other = models.Case(models.When(activity=Activity.READING_AND_USE, then=0), default=1)
        newest = self.newest_of_each_activity(on).values("pk")
        rows = self.model._default_manager.filter(pk__in=newest)
        return rows.order_by(*thing, other, "level", *NEWEST_FIRST).distinct(*thing)

    def newest_of_each_activity(self, on: date) -> "MeasurementQuerySet":
        """The newest standing row per candidate, language or skill, and activity."""
        thing = ("candidate_id", "language_id", "skill_id", "activity")
        return self.standing(on).order_by(*thing, *NEWEST_FIRST).distinct(*thing)

    def current(self, on: date) -> "MeasurementQuerySet":
        """The same rows as `newest_each`, as a QuerySet that can be filtered and ordered further."""
        return self.model._default_manager.filter(pk__in=self.newest_each(on).values("pk"))


class Measurement(models.Model):
    """A measured language (CEFR 1–6 with ability and standard error) or skill (level 1–3), with source and dates.

    `activity` says what of a language was measured; skills have none.
    Append-only: a newer row supersedes, `revoked_at` takes one back. Of each thing and activity the row that counts is
    the newest one that is not revoked and not expired. `theta` and `standard_error` (logits) stand only where
    something computed them.
    """

    candidate = models.ForeignKey(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        db_index=False,
        related_name="measurements",
        verbose_name=_("candidate"),
    )
    language = models.ForeignKey(
        "reference.Language", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("language")
    )
    skill = models.ForeignKey(
        "reference.Skill", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("skill")
    )
    activity = models.CharField(_("activity"), max_length=24, choices=Activity, blank=True)
    level = models.PositiveSmallIntegerField(_("level"))
    theta = models.FloatField(_("ability"), null=True, blank=True)
    standard_error = models.FloatField(_("standard error"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=24, choices=MeasurementSource)
    evidence = models.TextField(_("evidence"), blank=True)
    session = models.OneToOneField(
        Session, on_delete=models.RESTRICT, null=True, blank=True, verbose_name=_("session")
    )
    measured_on = models.DateField(_("measured on"))
    expires_on = models.DateField(_("valid until"))
    recorded_at = models.DateTimeField(_("recorded"), db_index=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        indexes = [
            # The order in which the newest row per candidate, thing and activity is picked, with all that matching reads.
            models.Index(
                fields=["candidate", "language", "skill", "activity", "-measured_on", "-recorded_at", "-id"],
                include=["expires_on", "revoked_at", "level", "theta", "standard_error", "session"],
                name="measurement_newest_of_each",
            ),
            models.Index(fields=["source", "-id"], name="measurement_by_source"),
            # What adaptive tests measured, apart from the rest: the queue before an offer asks it of every talk.
            models.Index(
                fields=["candidate", "language", "skill", "id"],
                condition=models.Q(source="adaptive_test"),
                name="measurement_adaptive",
            ),
            models.Index(
                fields=["-id"], condition=models.Q(revoked_at__isnull=False), name="measurement_revoked"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__isnull=False, skill=None, level__range=(1, 6))
                | models.Q(language=None, skill__isnull=False, level__range=(1, 3)),
                name="measurement_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(language__isnull=False, activity__in=Activity.values)
                | models.Q(language=None, activity=""),
                name="measurement_activity_of_language",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("measured_on")), name="measurement_expires_after"
            ),
            models.CheckConstraint(
                condition=~models.Q(source__in=["certificate", "rated_work", "interview_scorecard"])
                | ~models.Q(evidence=""),
                name="measurement_by_people_has_evidence",
            ),
            models.CheckConstraint(
                condition=~models.Q(source="adaptive_test")
                | models.Q(session__isnull=False, theta__isnull=False),
                name="measurement_by_test_has_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{language_name(self.language_id) if self.language_id else self.skill} {self.level_name}"

    @property
    def level_name(self) -> str:
        """The CEFR level of a language, the number of a skill level."""
        return CEFRLevel(self.level).label if self.language_id else str(self.level)
