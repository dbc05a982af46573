"""The covenant: nobody is left without an answer. What dates and vacancies ask for is done row by row.

Every row has a transaction of its own, so a worker that is killed leaves nothing half done; what is still to do is found
again by the next sweep, and what was done is not found any more.
"""

from collections.abc import Iterable, Sized
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction

from accounts.actions import audit
from candidates.actions.quiet import end_quiet_periods, lower_visibility
from common.sweeping import each_by_itself
from placements.actions.endings import end
from placements.actions.locking import lock_application
from placements.actions.telling import tell_due, tell_overdue, tell_paused
from placements.enums import EndReason, Side
from placements.models import Application
from placements.queries.owed import (
    has_passed,
    is_silent,
    last_day_of,
    open_ids,
    silent_vacancies,
    standing_of,
    to_mark_overdue,
    to_remind,
    to_settle,
    wants_reminder,
)
from placements.rules.settling import due_end
from vacancies.actions.checks import lock_vacancy
from vacancies.actions.lifecycle import pause_vacancy
from vacancies.enums import PausedBecause, VacancyState
from vacancies.models import Vacancy

MOST = 500
"""Rows of one kind in one sweep; the rest are the next one's."""


def sweep_promises(*, now: datetime) -> bool:
    """Remind, mark what is overdue, pause silent vacancies and end what has to end; whether more may be left."""
    done: list[Sized] = [
        each_by_itself(list(islice(to_remind(now), MOST)), lambda one: remind(application=one, now=now)),
        each_by_itself(
            list(islice(to_mark_overdue(now), MOST)), lambda one: mark_overdue(application=one, now=now)
        ),
        each_by_itself(silent_vacancies(now)[:MOST], lambda key: pause_for_silence(vacancy_id=key, now=now)),
        each_by_itself(to_settle(now, MOST), lambda key: settle_application(application_id=key, now=now)),
    ]
    end_quiet_periods(now=now)
    return max(len(rows) for rows in done) >= MOST


def settle_vacancy(*, vacancy_id: int, now: datetime) -> None:
    """Give everybody on a vacancy the answer that its state asks for, one after the other."""
    rows = open_ids(Application.objects.filter(vacancy=vacancy_id))
    each_by_itself(rows, lambda key: settle_application(application_id=key, now=now))


def settle_candidate(*, candidate_id: int, now: datetime) -> None:
    """The same for everything that a person has open."""
    rows = open_ids(Application.objects.filter(candidate=candidate_id))
    each_by_itself(rows, lambda key: settle_application(application_id=key, now=now))


@transaction.atomic
def settle_application(*, application_id: int, now: datetime) -> Application | None:
    """End an application if the platform has to; None when it goes on or ended before."""
    held = Application.objects.select_related("vacancy").get(pk=application_id)
    if not held.is_open:
        return None
    found = lock_application(held)
    reason = due_end(standing_of(found, now)) if found.is_open else None
    if reason is None:
        return None
    if reason == EndReason.CANDIDATE_SILENT and found.candidate is not None:
        until = now.date() + timedelta(days=settings.QUIET_DAYS)
        found.candidate.quiet_until = lower_visibility(candidate=found.candidate, until=until, now=now)
    return end(found, reason, by=None, now=now)


@transaction.atomic
def remind(*, application: Application, now: datetime) -> bool:
    """Remind who owes the answer of its date, once; whether that was done now."""
    if not wants_reminder(application, now) or not _mark(application, "reminded_at", now):
        return False
    tell_due(application, now)
    return True


@transaction.atomic
def mark_overdue(*, application: Application, now: datetime) -> bool:
    """Note that an employer let the date pass and tell all its editors, once; whether that was done now."""
    last_day = last_day_of(application)
    if last_day is None or not has_passed(application, now) or not _mark(application, "overdue_at", now):
        return False
    audit.record(verb="application.overdue", target=application, by=None, now=now)
    tell_overdue(application, last_day, now)
    return True


def pause_for_silence(*, vacancy_id: int, now: datetime) -> None:
    """Pause a vacancy whose employer let an answer pass and the grace after it, and release the people on it."""
    with transaction.atomic():
        vacancy = lock_vacancy(Vacancy(pk=vacancy_id))
        silent = [one for one in _overdue_of(vacancy) if is_silent(one, now)]
        if silent and vacancy.state == VacancyState.PUBLISHED:
            vacancy = pause_vacancy(vacancy=vacancy, by=None, now=now, reason=PausedBecause.SILENCE)
            last = vacancy.status_log.order_by("-pk").values_list("pk", flat=True).first()
            tell_paused(vacancy, len(silent), f"vacancy-silent:{last}", now)
    settle_vacancy(vacancy_id=vacancy_id, now=now)


def _overdue_of(vacancy: Vacancy) -> Iterable[Application]:
    rows = Application.objects.filter(vacancy=vacancy, overdue_at__isnull=False).owed_by(Side.EMPLOYER)
    return rows.select_related("employer__country", "version")


def _mark(application: Application, column: str, now: datetime) -> bool:
    """Set the moment where none stands yet and the promise is still that one. The row is read anew for whoever is told."""
    same = Application.objects.filter(
        pk=application.pk, owed_by=application.owed_by, promise_on=application.promise_on, **{column: None}
    )
    if same.update(**{column: now}) != 1:
        return False
    rows = Application.objects.select_related(
        "vacancy", "candidate__user__identity", "employer__country", "version"
    )
    application.refresh_from_db(from_queryset=rows)
    return True
