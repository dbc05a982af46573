"""Which tables hold something about a person, how each is found, and what of them is somebody else's."""

from dataclasses import dataclass
from typing import Final

from allauth.account.models import EmailAddress
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, Identity, Notification, NotificationPreference, User
from assessments import models as tests
from candidates import models as profile
from employers.models import Employer
from matching.models import ShortlistEntry, ShortlistLog
from placements.models import (
    Application,
    ApplicationLog,
    MatchTold,
    ProfileView,
    RememberedVacancy,
    SetAside,
    TestInvitation,
)
from vacancies.models import Vacancy, VacancyVersion


@dataclass(frozen=True, slots=True)
class Table:
    """Its name in the document, the path to the person (`of_user`: to the account), and columns that are not theirs."""

    name: str
    path: str
    hide: frozenset[str] = frozenset()
    of_user: bool = False


NAMED: Final = (Employer, Vacancy, VacancyVersion, tests.Bank)
"""Rows that are said by their name; all others by their key."""

NEVER: Final = (User, tests.Rater)
"""Columns that lead to other people are left out everywhere."""


def _of_account(name: str, *hide: str) -> Table:
    return Table(name, "user", frozenset(hide), of_user=True)


def _of(name: str, path: str = "candidate", *hide: str) -> Table:
    return Table(name, path, frozenset(hide))


TABLES: Final[dict[type[models.Model], Table]] = {
    Identity: _of_account("name_and_contact"),
    EmailAddress: _of_account("addresses"),
    Consent: _of_account("consents"),
    Notification: _of_account("notifications"),
    NotificationPreference: _of_account("mail_choices"),
    profile.CandidateLanguage: _of("languages"),
    profile.CandidateSkill: _of("skills"),
    profile.PlaceKnown: _of("places"),
    profile.MarketServed: _of("markets"),
    profile.Experience: _of("experience"),
    profile.Reservation: _of("reservations"),
    profile.WorkStyleDraft: _of("work_style_begun"),
    tests.Measurement: _of("levels"),
    # What the questions are, and how they were drawn, stays secret, or a test would measure who downloaded it.
    tests.Session: _of("tests", "candidate", "parameters", "seed", "cuts", "pilots", "areas"),
    tests.Response: _of("answers", "session__candidate", "noted"),
    tests.IntegrityFlag: _of("questions_about_tests", "session__candidate"),
    tests.ConfirmationTest: _of("confirmation_tests", "measurement__candidate"),
    tests.Accommodation: _of("accommodations"),
    tests.ScenarioRun: _of("desk_runs", "candidate", "seed", "visitor"),
    tests.RunEvent: _of("desk_steps", "run__candidate"),
    tests.TaskRun: _of("computer_tasks", "candidate", "seed"),
    tests.TaskAnswer: _of("computer_answers", "run__candidate"),
    tests.TypingRun: _of("typing"),
    tests.Work: _of("written_and_spoken", "candidate", "raters_wanted", "raters_active", "reminded_at"),
    tests.Reply: _of("replies", "work__candidate"),
    tests.Recording: _of("recordings", "reply__work__candidate"),
    tests.Rating: _of("ratings", "work__candidate"),
    tests.Appeal: _of("appeals", "work__candidate"),
    tests.EquipmentCheck: _of("equipment"),
    tests.Scorecard: _of("interviews"),
    tests.ScorecardRating: _of("interview_ratings", "scorecard__candidate"),
    ShortlistEntry: _of("places_on_lists", "candidate", "ranking"),
    ShortlistLog: _of("what_recruiters_did", "candidate", "ranking"),
    TestInvitation: _of("invitations_to_tests"),
    ProfileView: _of("opened_by"),
    MatchTold: _of("matches_told", "candidate", "notification"),
    SetAside: _of("set_aside"),
    RememberedVacancy: _of("vacancies_to_look_at"),
    Application: _of("applications", "candidate", "ranking"),
    ApplicationLog: _of("steps_of_applications", "application__candidate", "note"),
}

LEFT_OUT: Final[dict[str, tuple[str, Promise]]] = {
    "placements.TeamNote": (
        "notes of companies",
        _("Notes that a company's team keeps for itself; ask the company."),
    ),
    "accounts.Digest": ("daily mails", _("On which days a daily mail went out, without its text.")),
    "mfa.Authenticator": ("second factors", _("Secrets for signing in; they are yours on your own device.")),
    "account.EmailConfirmation": ("codes", _("Codes for confirming an address.")),
    "admin.LogEntry": ("administration", _("What staff did in the administration; you are not staff.")),
    "employers.Membership": ("companies", _("Work for a company; a person who looks for work has none.")),
    "employers.ApiToken": ("tokens", _("Keys of companies' own systems; you have none.")),
    "employers.ApiCall": ("calls", _("Calls of companies' own systems; you make none.")),
    "sound": ("sound", _("The sound of your recordings is no text; listen to it on the page of the test.")),
    "audit": ("audit log", _("What was done when, by the number of your account alone; ask us for it.")),
}
