"""An application: one person and one vacancy, from the first word of either side to the end."""

import uuid
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.rules.time_zones import clock_of
from candidates.models import Candidate
from employers.models import Employer
from placements.enums import (
    ENDS_IN,
    MET_STATES,
    OPEN_STATES,
    SILENT,
    ApplicationState,
    CandidateReason,
    EmployerReason,
    EndReason,
    Side,
)

WORDS: Final = 2_000
"""Most characters of a message or a note."""

_ENDED: Final = ("hired", "declined", "withdrawn", "expired")
_SIDES: Final = [*Side.choices, ("", _("nobody"))]


class ApplicationQuerySet(models.QuerySet["Application"]):
    """The vocabulary of applications."""

    def open(self) -> "ApplicationQuerySet":
        """Not ended: somebody owes an answer."""
        return self.filter(state__in=OPEN_STATES)

    def owed_by(self, side: str) -> "ApplicationQuerySet":
        """Waiting for an answer of that side."""
        return self.filter(owed_by=side)

    def overdue(self, day: date) -> "ApplicationQuerySet":
        """Whose promise date lies before `day`."""
        return self.filter(promise_on__lt=day)

    def of_candidate(self, candidate: Candidate) -> "ApplicationQuerySet":
        """Of one person."""
        return self.filter(candidate=candidate)

    def of_employer(self, employer: Employer) -> "ApplicationQuerySet":
        """At one employer."""
        return self.filter(employer=employer)

    def with_names(self) -> "ApplicationQuerySet":
        """With the person, their identity, the vacancy and the employer, in the same query.

        Whether the employer may see the name is `names_shown`.
        """
        return self.select_related("candidate__user__identity", "vacancy__current", "version", "employer")

    def with_overdue(self, day: date) -> "ApplicationQuerySet":
        """With `overdue`: whether the promise date lies before `day`."""
        passed = When(promise_on__lt=day, then=Value(True))
        return self.annotate(overdue=Case(passed, default=Value(False), output_field=models.BooleanField()))


class Application(models.Model):
    """What stands between a person and a vacancy now; how it came to that stands in its log.

    `version` is what the vacancy said when it began, `ranking` the one that held then, and `open_code` the gate code of
    what was still to be measured or confirmed. `owed_by` owes the next answer until the end of `promise_on`.
    `reminded_at` is when they were reminded of it, `overdue_at` when the date was found to have passed.
    `message` is what was written to the other side at the latest step. `met_at` is when both had said that they are
    interested: from then on the employer sees the name. The person goes when they leave the platform; the rest stays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidate = models.ForeignKey(
        Candidate,
        on_delete=models.SET_NULL,
        null=True,
        related_name="applications",
        verbose_name=_("candidate"),
    )
    vacancy = models.ForeignKey(
        "vacancies.Vacancy",
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("vacancy"),
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, related_name="applications", verbose_name=_("employer")
    )
    version = models.ForeignKey(
        "vacancies.VacancyVersion",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("version of the vacancy"),
    )
    ranking = models.ForeignKey(
        "matching.Ranking", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    open_code = models.CharField(_("still open at the start"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=ApplicationState)
    started_by = models.CharField(_("begun by"), max_length=10, choices=Side)
    owed_by = models.CharField(_("answer owed by"), max_length=10, choices=_SIDES, blank=True)
    promise_on = models.DateField(_("promised until"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    overdue_at = models.DateTimeField(_("found overdue"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    met_at = models.DateTimeField(_("both interested since"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=10, choices=_SIDES, blank=True)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    message = models.TextField(_("message"), max_length=WORDS, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = [
            models.Index(fields=["vacancy", "state"], name="application_by_vacancy"),
            models.Index(fields=["candidate", "-changed_at"], name="application_by_candidate"),
            models.Index(fields=["employer", "-changed_at", "-id"], name="application_by_employer"),
            models.Index(
                fields=["employer", "promise_on"],
                condition=Q(owed_by="employer"),
                name="application_employer_owes",
            ),
            models.Index(fields=["promise_on", "id"], name="application_by_promise"),
            models.Index(
                fields=["changed_at", "id"],
                condition=Q(state="in_interview"),
                name="application_in_interview",
            ),
            models.Index(
                fields=["owed_by", "promise_on"], condition=~Q(owed_by=""), name="application_promised"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "vacancy"],
                condition=Q(state__in=OPEN_STATES),
                name="application_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, owed_by="", promise_on=None, ended_at__isnull=False)
                | Q(state__in=OPEN_STATES, promise_on__isnull=False, candidate__isnull=False),
                name="application_open_is_promised",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED)
                | Q(state__in=["invited", "offered"], owed_by="candidate")
                | Q(state__in=["interested", "both_interested", "in_interview"], owed_by="employer"),
                name="application_owed_by_its_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_at=None, ended_by="", reason="")
                | Q(state="hired", ended_by="candidate", reason="")
                | Q(state="expired", ended_by="platform", reason__in=SILENT)
                | Q(state__in=["declined", "withdrawn"], ended_by__in=Side.values) & ~Q(reason=""),
                name="application_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MET_STATES, met_at__isnull=False)
                | Q(state__in=["invited", "interested"], met_at=None)
                | Q(state__in=["declined", "withdrawn", "expired"]),
                name="application_met_when_both_interested",
            ),
            models.CheckConstraint(
                condition=Q(started_by="employer") & ~Q(state="interested")
                | Q(started_by="candidate") & ~Q(state="invited"),
                name="application_started_by_a_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id.hex[:6].upper()} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes an answer."""
        return self.state in OPEN_STATES

    @property
    def names_shown(self) -> bool:
        """Whether the employer may see the name: both have said that they are interested."""
        return self.met_at is not None

    @property
    def contact_shown(self) -> bool:
        """Whether the employer may see how to reach the person: from then on, while it goes on or led to work."""
        return self.names_shown and (self.is_open or self.state == ApplicationState.HIRED)

    @property
    def reason_words(self) -> str:
        """Why it ended, in words; empty while it is open or when the person was hired."""
        return reason_words(self.reason, self.ended_by)

    def zone_of(self, side: str) -> str:
        """The clock of a side: the person's own, or that of the employer's country."""
        if side == Side.CANDIDATE:
            return (self.candidate.zone if self.candidate else "") or "UTC"
        return self.employer.country.main_zone_id or self.version.zone or "UTC"

    def country_of(self, side: str) -> str:
        """The country whose working days count for a side; empty when it is not known."""
        if side == Side.CANDIDATE:
            return (self.candidate.country_id or "") if self.candidate else ""
        return self.employer.country_id

    def today_of(self, side: str, now: datetime) -> date:
        """The date on the clock of a side."""
        return now.astimezone(clock_of(self.zone_of(side))).date()

    def may_decline(self, side: str) -> bool:
        """Whether that side can say no: the other one waits for its answer."""
        return self.owed_by == side

    def may_withdraw(self, side: str) -> bool:
        """Whether that side can take back what it said: it waits for the other one's answer."""
        return self.is_open and self.owed_by != side


class ApplicationLog(models.Model):
    """One step of an application: append-only, in the database too.

    `message` is read by both sides, `note` by the side that wrote it alone; these two can be emptied when a person
    leaves, and nothing else ever changes. `talk_at` is when the two talk, where it was said. `promise_on` is what was
    promised with this step. `answer_of` owed the answer that this step gave or made needless, and `answer` says what
    became of it; both empty where nobody owed one, or where the other side ended it within the time.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="log")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=16, choices=ApplicationState)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    side = models.CharField(_("side"), max_length=10, choices=Side)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    message = models.TextField(_("message"), max_length=WORDS, blank=True)
    note = models.TextField(_("note of the own side"), max_length=WORDS, blank=True)
    talk_at = models.DateTimeField(_("they talk on"), null=True, blank=True)
    promise_on = models.DateField(_("promised until"), null=True)
    answer_of = models.CharField(_("answer owed by"), max_length=10, choices=_SIDES, blank=True)
    answer = models.CharField(_("answer"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of an application")
        indexes = [
            models.Index(
                fields=["employer", "at"],
                include=["answer"],
                condition=Q(answer_of="employer"),
                name="application_log_answers",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_of="", answer="")
                | Q(answer_of__in=["candidate", "employer"], answer__in=["in_time", "late", "missed"]),
                name="application_log_answer_of_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.get_state_display()} {self.at:%Y-%m-%d}"

    @property
    def reason_words(self) -> str:
        """Why, in words; empty without a reason."""
        return reason_words(self.reason, self.side)


def reason_words(reason: str, side: str) -> str:
    """A reason's label: of the side's own list, or of the platform's."""
    if not reason:
        return ""
    if reason in ENDS_IN:
        return str(EndReason(reason).label)
    codes = EmployerReason if side == Side.EMPLOYER else CandidateReason
    return str(codes(reason).label)
