"""The queues of the desk: what waits for staff, how much of it, since when, and the list where it is worked off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import DateTimeField, F, Max, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.enums import AppealOutcome, ItemState
from assessments.models import Appeal, Item, Scorecard
from assessments.queries.integrity import flags_to_decide
from assessments.queries.rating_queue import waiting_works
from employers.queries import employers_to_judge
from employers.queries.appeals import appeals_to_judge
from matching.queries.looks import looks_wanted
from placements.enums import Side
from placements.models import Application
from placements.queries.before_offer import talks_to_confirm
from reference.models import WageFloor
from reference.queries.wages import wage_floors
from vacancies.models import VersionCountry
from vacancies.queries.vacancies import published_vacancies, vacancies_to_review

MOST = 100
"""So many are counted in each queue; of more it is said that there are more."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue. `rows` are all that wait, `since` the column that says since when; `page` and `query` lead to the list.

    `permission` is what working on it takes: who lacks it has another queue to work on.
    """

    code: str
    title: Any
    about: Any
    permission: str
    rows: Callable[[], QuerySet[Any]]
    since: str
    page: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue as it stands: how many wait (`more` than that when it is only the first hundred), and the oldest since when."""

    queue: Queue
    count: int
    more: bool
    oldest: datetime | None
    days: int

    @property
    def url(self) -> str:
        """The list, filtered to what waits."""
        return reverse(self.queue.page) + self.queue.query


QUEUES = (
    Queue(
        "employers",
        _("Employers to judge"),
        _("Companies that applied. They can post nothing before somebody accepts them."),
        "employers.change_employer",
        employers_to_judge,
        "applied_at",
        "admin:employers_employer_changelist",
        "?state__exact=applied",
    ),
    Queue(
        "company_appeals",
        _("Appeals of companies"),
        _("Refused companies that asked for a second look, by somebody else than who refused."),
        "employers.change_companyappeal",
        appeals_to_judge,
        "made_at",
        "admin:employers_companyappeal_changelist",
        "?state__exact=open",
    ),
    Queue(
        "vacancies",
        _("Vacancies to review"),
        _("Handed in, and shown to nobody before somebody publishes them."),
        "vacancies.change_vacancy",
        vacancies_to_review,
        "changed_at",
        "admin:vacancies_vacancy_changelist",
        "?state__exact=in_review",
    ),
    Queue(
        "matches",
        _("Matches to curate"),
        _("Lists that are new, changed much, show few people, or the same people as everywhere."),
        "matching.add_shortlistentry",
        looks_wanted,
        "since",
        "admin:matching_curationlook_changelist",
    ),
    Queue(
        "flags",
        _("Tests to look at"),
        _("Something about a session stood out. The result counts until somebody decides."),
        "assessments.change_integrityflag",
        flags_to_decide,
        "raised_at",
        "admin:assessments_integrityflag_changelist",
        "?state__exact=open",
    ),
    Queue(
        "appeals",
        _("Appeals against results"),
        _("People who asked to have rated work looked at again."),
        "assessments.view_appeal",
        lambda: Appeal.objects.filter(outcome=AppealOutcome.OPEN),
        "filed_at",
        "admin:assessments_appeal_changelist",
        "?decided_at__isnull=True",
    ),
    Queue(
        "ratings",
        _("Work to rate"),
        _(
            "Writing and speech in any language that wait for a rater; what is due first among yours is given out first."
        ),
        "assessments.rate_work",
        waiting_works,
        "waiting_since",
        "admin:assessments_rating_queue",
    ),
    Queue(
        "scorecards",
        _("Interviews to confirm"),
        _("The person agreed that the card counts; it does once a recruiter stands for it."),
        "assessments.change_scorecard",
        lambda: Scorecard.objects.filter(agreed_at__isnull=False, confirmed_at=None, withdrawn_at=None),
        "agreed_at",
        "admin:assessments_scorecard_changelist",
        "?agreed_at__isnull=False&confirmed_at__isnull=True&withdrawn_at__isnull=True",
    ),
    Queue(
        "before_offer",
        _("Results to confirm before an offer"),
        _("Test results that a talk going on now rests on, and of which no confirmation was asked."),
        "assessments.add_confirmationtest",
        talks_to_confirm,
        "changed_at",
        "admin:placements_before_offer",
    ),
    Queue(
        "overdue",
        _("Overdue answers"),
        _("Companies that let the promised date of an answer pass. Their vacancies pause by themselves."),
        "placements.view_application",
        lambda: Application.objects.overdue(timezone.now().date()).owed_by(Side.EMPLOYER),
        "promise_on",
        "admin:placements_application_changelist",
        "?answers=overdue",
    ),
    Queue(
        "wages",
        _("Wage facts to confirm"),
        _("Amounts on file that count for nobody until somebody vouches for them."),
        "reference.change_wagefloor",
        lambda: WageFloor.objects.to_be_confirmed(),
        "created_at",
        "admin:reference_wagefloor_changelist",
        "?standing=confirm",
    ),
    Queue(
        "items",
        _("Questions to review"),
        _("Drafts of test questions. Somebody other than the writer reads them."),
        "assessments.change_item",
        lambda: Item.objects.filter(state=ItemState.DRAFT).annotate(last_step=Max("log__at")),
        "last_step",
        "admin:assessments_item_changelist",
        "?state__exact=draft",
    ),
)


def queues_for(user: User | AnonymousUser, now: datetime) -> list[Waiting]:
    """The queues that somebody may work on, each with its count and its oldest; one query for all of them.

    Each queue brings at most a hundred and one moments, the oldest first, so a backlog costs no more than that.
    """
    mine = [queue for queue in QUEUES if user.has_perm(queue.permission)]
    found: dict[str, list[datetime | None]] = {queue.code: [] for queue in mine}
    if mine:
        first, *others = (_moments(queue) for queue in mine)
        for code, since in first.union(*others, all=True):
            found[code].append(since)
    return [_standing(queue, found[queue.code], now) for queue in mine]


def countries_without_floor(today: date) -> int:
    """In how many countries open vacancies hire although the floor is not known; their people cannot be matched."""
    versions = published_vacancies().values("current")
    rows = VersionCountry.objects.filter(version__in=versions).order_by()
    hiring = set(rows.values_list("country", flat=True).distinct())
    table = wage_floors(hiring, today)
    return sum(table.get(country).unknown is not None for country in hiring)


def _moments(queue: Queue) -> QuerySet[Any, Any]:
    since = Cast(F(queue.since), DateTimeField())  # a date counts from its midnight
    rows = queue.rows().select_related(None).order_by(queue.since, "pk")
    return rows.values_list(Value(queue.code), since)[: MOST + 1]


def _standing(queue: Queue, moments: list[datetime | None], now: datetime) -> Waiting:
    oldest = min((moment for moment in moments if moment), default=None)
    days = max((now - oldest).days, 0) if oldest else 0
    return Waiting(queue, min(len(moments), MOST), len(moments) > MOST, oldest, days)
