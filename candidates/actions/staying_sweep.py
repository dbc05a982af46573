"""What happens by itself: the end of a pause, the end of the days, and reminders before it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import takewhile

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts.actions.notify import notify
from accounts.enums import NotificationKind
from candidates.actions.staying import count_reminder, end_pause, let_lapse
from candidates.models import Candidate
from candidates.queries.staying import back_by, lapsed_by, to_remind
from candidates.rules.staying import day_begun_everywhere, last_day_confirmed, reminders_due
from common.sweeping import each_by_itself

MOST = 5_000
"""People of one kind that one sweep looks at; a sweep follows a sweep."""


def sweep_listings(*, now: datetime, go_on: Callable[[], bool]) -> int:
    """How many people were dealt with, one a transaction, so that a killed worker loses nothing.

    Stops as soon as `go_on` says no; the next sweep does the rest.
    """
    acts = takewhile(lambda _act: go_on(), _acts(now))
    return sum(each_by_itself(acts, lambda act: act()))


def _acts(now: datetime) -> Iterator[Callable[[], bool]]:
    today, days = day_begun_everywhere(now), settings.LISTED_DAYS
    for one in _ids(back_by(today)):
        yield partial(end_pause, candidate_id=one, today=today, now=now)
    for one in _ids(lapsed_by(last_day_confirmed(today, days))):
        yield partial(_lapse, one, now)
    for number, confirmed_by in reminders_due(now.date(), days, settings.LISTED_REMIND_DAYS):
        for one in _ids(to_remind(number, confirmed_by)):
            yield partial(_remind, one, number, now)


def _ids(people: QuerySet[Candidate]) -> list[int]:
    return list(people.values_list("pk", flat=True)[:MOST])


@transaction.atomic
def _lapse(candidate_id: int, now: datetime) -> bool:
    lapsed = let_lapse(candidate_id=candidate_id, today=day_begun_everywhere(now), now=now)
    if lapsed is not None:
        _tell(lapsed, "candidates/mail/listing_lapsed", "lapsed", now)
    return lapsed is not None


@transaction.atomic
def _remind(candidate_id: int, number: int, now: datetime) -> bool:
    person = count_reminder(candidate_id=candidate_id, number=number, today=day_begun_everywhere(now))
    if person is not None:
        _tell(person, "candidates/mail/stay_listed", f"reminder-{number}", now)
    return person is not None


def _tell(person: Candidate, template: str, what: str, now: datetime) -> None:
    notify(
        to=person.user,
        kind=NotificationKind.STAY_LISTED,
        template=template,
        context={"candidate": person, "days": settings.LISTED_DAYS},
        url=reverse("candidates:stay", args=[person.stay_token]),
        key=f"stay-listed:{person.confirmed_on:%Y-%m-%d}:{what}",
        now=now,
    )
