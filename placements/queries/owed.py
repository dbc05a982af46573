"""What the dates ask for: whom to remind, what is overdue, which vacancy is silent, which applications have to end.

The database finds rows by whole days of UTC, a day too many on either side; what holds on the clock of who owes the answer
is looked at row by row.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery

from candidates.models import Candidate
from employers.enums import EmployerState
from placements.enums import Side
from placements.models import Application
from placements.models.application import ApplicationQuerySet
from placements.rules.promises import given_up_after, remind_from
from placements.rules.settling import Standing
from vacancies.enums import PausedBecause, VacancyState
from vacancies.models import Vacancy, VacancyStatusLog

LONGEST_BREAK = timedelta(days=14)
"""More days than lie between two working days that follow each other in any country."""
A_DAY = timedelta(days=1)


def to_remind(now: datetime) -> Iterator[Application]:
    """Whose date is near and who was not reminded yet, the nearest first."""
    until = now.date() + settings.REMIND_DAYS * A_DAY + LONGEST_BREAK
    rows = _owed(Application.objects.filter(reminded_at=None, promise_on__lte=until))
    return (one for one in rows.iterator(500) if wants_reminder(one, now))


def to_mark_overdue(now: datetime) -> Iterator[Application]:
    """Answers that employers owe, whose date has passed and was not found to have done so yet."""
    rows = _owed(
        Application.objects.owed_by(Side.EMPLOYER).overdue(now.date() + A_DAY).filter(overdue_at=None)
    )
    return (one for one in rows.iterator(500) if has_passed(one, now))


def silent_vacancies(now: datetime) -> list[int]:
    """Vacancies (ids) of which an answer is overdue for longer than the grace."""
    rows = Application.objects.owed_by(Side.EMPLOYER).filter(overdue_at__isnull=False)
    rows = _owed(rows.overdue(now.date() - settings.GRACE_DAYS * A_DAY + A_DAY))
    return sorted({one.vacancy_id for one in rows.iterator(500) if is_silent(one, now)})


def to_settle(now: datetime, most: int) -> list[int]:
    """Applications (ids) that have to end, at most so many.

    None that goes on, however near its date is: it would come again at once, and keep others from being reached.
    """
    rows = Application.objects.open()
    paused = Vacancy.objects.filter(state=VacancyState.PAUSED).annotate(because=_last_reason("pk"))
    conditions = (
        Q(vacancy__state=VacancyState.CLOSED),
        ~Q(employer__state=EmployerState.ACCEPTED),
        Q(candidate__listed=False, candidate__unlisted_because=""),
        Q(candidate__user__is_active=False),
        Q(vacancy__in=paused.filter(because=PausedBecause.SILENCE).values("pk")) & ~Q(state="offered"),
    )
    found: dict[int, None] = {}
    for condition in conditions:
        left = most - len(found)
        found |= dict.fromkeys(
            rows.filter(condition).order_by("pk").values_list("pk", flat=True)[: max(left, 0)]
        )
    left = most - len(found)
    return list(found | dict.fromkeys(islice(_let_pass(now), max(left, 0))))


def _let_pass(now: datetime) -> Iterator[int]:
    """Applications (ids) of which the person let the date pass after a reminder."""
    rows = Application.objects.owed_by(Side.CANDIDATE).overdue(now.date() + A_DAY)
    found = _owed(rows.filter(reminded_at__isnull=False)).iterator(500)
    return (one.pk for one in found if has_passed(one, now) and was_warned(one, now))


def open_ids(rows: ApplicationQuerySet) -> list[int]:
    """The ids of the open ones, ascending."""
    return list(rows.open().order_by("pk").values_list("pk", flat=True))


def standing_of(application: Application, now: datetime) -> Standing:
    """How things stand with a locked application; one query when its vacancy is paused."""
    vacancy, person = application.vacancy, application.candidate
    return Standing(
        state=application.state,
        owed_by=application.owed_by,
        agreed=person is not None and has_agreed(person),
        accepted=application.employer.state == EmployerState.ACCEPTED,
        closed_because=vacancy.closed_because,
        paused_for_silence=paused_for_silence(vacancy),
        passed=has_passed(application, now),
        grace_over=is_given_up(application, now),
        warned=was_warned(application, now),
    )


def has_agreed(person: Candidate) -> bool:
    """Whether the person still agrees to be listed: they are, or only pause or let the days run out."""
    return bool(person.user.is_active and (person.listed or person.unlisted_because))


def paused_for_silence(vacancy: Vacancy) -> bool:
    """Whether the vacancy stands paused because its employer let answers pass."""
    if vacancy.state != VacancyState.PAUSED:
        return False
    last = vacancy.status_log.order_by("-pk").values_list("reason", flat=True).first()
    return last == PausedBecause.SILENCE


def wants_reminder(application: Application, now: datetime) -> bool:
    """Whether the date is near enough, and the step that made the promise not of the same day."""
    side, due = application.owed_by, application.promise_on
    if due is None or application.reminded_at is not None:
        return False
    today = application.today_of(side, now)
    near = remind_from(due, settings.REMIND_DAYS, application.country_of(side)) <= today
    return near and today > application.today_of(side, application.changed_at)


def has_passed(application: Application, now: datetime) -> bool:
    """Whether the promised day is over on the clock of who owes the answer."""
    due = application.promise_on
    return due is not None and due < application.today_of(application.owed_by, now)


def last_day_of(application: Application) -> date | None:
    """The last day on which a late answer still counts; None when nobody owes one."""
    side, due = application.owed_by, application.promise_on
    return given_up_after(due, settings.GRACE_DAYS, application.country_of(side)) if due else None


def is_given_up(application: Application, now: datetime) -> bool:
    """Whether that day is over, too."""
    last = last_day_of(application)
    return last is not None and last < application.today_of(application.owed_by, now)


def was_warned(application: Application, now: datetime) -> bool:
    """Whether who owes the answer was told of the date on an earlier day of their clock."""
    side = application.owed_by
    warned_at = application.overdue_at if side == Side.EMPLOYER else application.reminded_at
    return warned_at is not None and application.today_of(side, warned_at) < application.today_of(side, now)


def is_silent(application: Application, now: datetime) -> bool:
    """Whether an employer let the grace pass, too, after it was told. Nobody's silence counts before that."""
    return is_given_up(application, now) and was_warned(application, now)


def _owed(rows: ApplicationQuerySet) -> ApplicationQuerySet:
    """Those that somebody owes an answer in, with clock and country of both sides, the nearest date first."""
    rows = rows.exclude(owed_by="").select_related("candidate", "employer__country", "version")
    return rows.order_by("promise_on", "pk")


def _last_reason(vacancy: str) -> Subquery:
    log = VacancyStatusLog.objects.filter(vacancy=OuterRef(vacancy)).order_by("-pk")
    return Subquery(log.values("reason")[:1])
