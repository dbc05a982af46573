"""Telling people of vacancies that newly suit them well. Nothing is ranked for it: the lists are there anyway."""

from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction
from django.urls import reverse

from accounts.actions.notify import keep_out_of_digest, notify
from accounts.enums import NotificationKind
from accounts.models import Notification
from common.sweeping import each_by_itself
from placements.models import ListSearched, MatchTold
from placements.queries.new_matches import NewMatch, lists_to_search, new_matches, no_longer_true
from vacancies.models import Vacancy

BATCH: Final = 300
"""Lists in one go; where there may be more, the next one follows at once."""


def tell_new_matches(*, now: datetime) -> int:
    """Search a batch of lists that changed since they were searched last; how many. Twice at once tells nothing twice.

    That a list is tried is noted first, whatever comes of it, so that those that fail go to the end of the row.
    What waits for a morning's mail and holds no longer is taken out of it before that.
    """
    stale = no_longer_true().exclude(notification=None).values("notification")
    keep_out_of_digest(notifications=stale)

    to_search = list(lists_to_search().values_list("vacancy", flat=True)[:BATCH])
    tried = [ListSearched(vacancy_id=one, tried_at=now) for one in sorted(to_search)]
    ListSearched.objects.bulk_create(
        tried, update_conflicts=True, unique_fields=["vacancy"], update_fields=["tried_at"]
    )
    return len(each_by_itself(to_search, partial(search_list, now=now)))


@transaction.atomic
def search_list(vacancy_id: int, *, now: datetime) -> None:
    """Tell whom the list of one vacancy newly suits, if it is still to be searched."""
    # Two workers at one list go one after the other, and whatever was true before the wait is asked again behind it.
    Vacancy.objects.select_for_update(no_key=True).only("pk").get(pk=vacancy_id)
    found = lists_to_search().filter(vacancy=vacancy_id).first()
    if found is None or found.current is None:
        return
    vacancy, ranking = found.vacancy, found.current
    for match in new_matches(found):
        told = _told(vacancy, match, now)
        MatchTold.objects.create(candidate=match.candidate, vacancy=vacancy, notification=told, at=now)
    searched = {"ranking": ranking.pk, "round": vacancy.allocation.round_id}
    ListSearched.objects.update_or_create(vacancy=vacancy, defaults=searched)


def _told(vacancy: Vacancy, match: NewMatch, now: datetime) -> Notification:
    return notify(
        to=match.candidate.user,
        kind=NotificationKind.MATCH_FOUND,
        template="placements/mail/match_found",
        context={"employer": vacancy.employer, "version": vacancy.current, "match": match},
        url=reverse("placements:match", args=[vacancy.pk]),
        key=f"match-found:{vacancy.pk}",
        now=now,
    )
