"""States, sides and reasons of applications."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(models.TextChoices):
    """Life of an application: of one person for one vacancy."""

    INVITED = "invited", _("invited")
    INTERESTED = "interested", _("interested")
    BOTH_INTERESTED = "both_interested", _("both interested")
    IN_INTERVIEW = "in_interview", _("in interview")
    OFFERED = "offered", _("offered")
    HIRED = "hired", _("hired")
    DECLINED = "declined", pgettext_lazy("of an application", "declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Side(models.TextChoices):
    """Who acts, or owes the next answer."""

    CANDIDATE = "candidate", _("candidate")
    EMPLOYER = "employer", _("employer")
    PLATFORM = "platform", _("the platform")


_WAYS_OUT: Final = frozenset(
    {ApplicationState.DECLINED, ApplicationState.WITHDRAWN, ApplicationState.EXPIRED}
)

APPLICATION_MOVES: dict[str, frozenset[str]] = {
    ApplicationState.INVITED: _WAYS_OUT | {ApplicationState.BOTH_INTERESTED},
    ApplicationState.INTERESTED: _WAYS_OUT | {ApplicationState.BOTH_INTERESTED},
    ApplicationState.BOTH_INTERESTED: _WAYS_OUT | {ApplicationState.IN_INTERVIEW, ApplicationState.OFFERED},
    ApplicationState.IN_INTERVIEW: _WAYS_OUT | {ApplicationState.OFFERED},
    ApplicationState.OFFERED: _WAYS_OUT | {ApplicationState.HIRED},
    ApplicationState.HIRED: frozenset(),
    ApplicationState.DECLINED: frozenset(),
    ApplicationState.WITHDRAWN: frozenset(),
    ApplicationState.EXPIRED: frozenset(),
}

OPEN_STATES: Final = (
    ApplicationState.INVITED,
    ApplicationState.INTERESTED,
    ApplicationState.BOTH_INTERESTED,
    ApplicationState.IN_INTERVIEW,
    ApplicationState.OFFERED,
)
MET_STATES: Final = (
    ApplicationState.BOTH_INTERESTED,
    ApplicationState.IN_INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.HIRED,
)
"""Both have said that they are interested; the employer sees the name."""

OWED_BY: dict[str, str] = {
    ApplicationState.INVITED: Side.CANDIDATE,
    ApplicationState.INTERESTED: Side.EMPLOYER,
    ApplicationState.BOTH_INTERESTED: Side.EMPLOYER,
    ApplicationState.IN_INTERVIEW: Side.EMPLOYER,
    ApplicationState.OFFERED: Side.CANDIDATE,
}
"""Who owes the next answer in each open state."""


class EmployerReason(models.TextChoices):
    """Why an employer says no, in words that the person can do something with."""

    LANGUAGE = "language", _("the work needs a higher level of a language")
    SKILLS = "skills", _("the work needs other skills")
    EXPERIENCE = "experience", _("the work needs more experience with this kind of customers")
    HOURS = "hours", _("the hours do not fit")
    START = "start", _("the start date does not fit")
    PAY = "pay", _("the pay that was asked is above what we can offer")
    SOMEBODY_ELSE = "somebody_else", _("we chose somebody who fits this vacancy more closely")
    MISSED = "missed", _("the conversation we had agreed on did not happen")
    NOT_NEEDED = "not_needed", _("the work is no longer needed")
    OTHER = "other", _("another reason, as written")


SETTING_ASIDE: Final = (
    EmployerReason.LANGUAGE,
    EmployerReason.SKILLS,
    EmployerReason.EXPERIENCE,
    EmployerReason.HOURS,
    EmployerReason.START,
    EmployerReason.PAY,
    EmployerReason.SOMEBODY_ELSE,
    EmployerReason.OTHER,
)
"""Reasons that can be given about somebody whom nobody has talked with."""


class CandidateReason(models.TextChoices):
    """Why a person says no. Nobody has to say why."""

    PAY = "pay", _("the pay")
    HOURS = "hours", _("the hours")
    START = "start", _("the start date")
    CONTRACT = "contract", _("the contract or its length")
    WORK = "work", _("the kind of work")
    COMPANY = "company", _("the company")
    OTHER_WORK = "other_work", _("I chose other work")
    TOO_LONG = "too_long", _("it took too long")
    PRIVATE = "private", _("I would rather not say")
    OTHER = "other", _("another reason, as written")


class EndReason(models.TextChoices):
    """Why the platform itself ended an application."""

    POSITION_FILLED = "position_filled", _("the vacancy is filled")
    VACANCY_CLOSED = "vacancy_closed", _("the vacancy was closed")
    EMPLOYER_GONE = "employer_gone", _("the company no longer recruits here")
    EMPLOYER_SILENT = "employer_silent", _("the employer did not answer in time")
    CANDIDATE_SILENT = "candidate_silent", _("the person did not answer in time")
    HIRED_ELSEWHERE = "hired_elsewhere", _("the person was hired for another vacancy")
    UNLISTED = "unlisted", _("the person is no longer listed")
    LEFT = "left", _("the person left the platform")


SILENT: Final = (EndReason.EMPLOYER_SILENT, EndReason.CANDIDATE_SILENT)

ENDS_IN: dict[str, str] = {
    EndReason.POSITION_FILLED: ApplicationState.DECLINED,
    EndReason.VACANCY_CLOSED: ApplicationState.DECLINED,
    EndReason.EMPLOYER_GONE: ApplicationState.DECLINED,
    EndReason.EMPLOYER_SILENT: ApplicationState.EXPIRED,
    EndReason.CANDIDATE_SILENT: ApplicationState.EXPIRED,
    EndReason.HIRED_ELSEWHERE: ApplicationState.WITHDRAWN,
    EndReason.UNLISTED: ApplicationState.WITHDRAWN,
    EndReason.LEFT: ApplicationState.WITHDRAWN,
}
"""In which state an application ends for a reason of the platform's; expired means silence and nothing else."""


class Answer(models.TextChoices):
    """What became of an answer that somebody owed."""

    IN_TIME = "in_time", _("in time")
    LATE = "late", _("late")
    MISSED = "missed", _("never given")


class CameOfIt(models.TextChoices):
    """What came of an invitation to a test, as far as its vacancy is concerned."""

    NOT_TAKEN = "not_taken", _("the test is not taken yet")
    LISTED = "listed", _("measured, and on the list now")
    REACHED = "reached", _("measured at the level, not on the list")
    BELOW = "below", _("measured below the level")
    CHANGED = "changed", _("not measured, and another condition is not met any more")
