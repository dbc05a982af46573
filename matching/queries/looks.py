"""The queue of lists that want a recruiter's look."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.db.models.functions import Coalesce

from matching.models import CurationLook, RankingState, VacancyAllocation
from matching.rules.looks import LastLook, ListNow
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies

AT_ONCE = 1000


def looks_wanted() -> QuerySet[CurationLook]:
    """Lists that want a look, the longest waiting first."""
    return CurationLook.objects.filter(since__isnull=False).order_by("since", "pk")


def look_of(vacancy: Vacancy) -> CurationLook | None:
    """What is known of the looks at a vacancy's list."""
    return CurationLook.objects.filter(vacancy=vacancy).select_related("looked_by").first()


def next_look(vacancy: Vacancy, here: CurationLook | None) -> CurationLook | None:
    """The list that follows a vacancy's (whose row is `here`) in the queue, from the top again after the last.

    One query, which reads as much of a queue of ten thousand as of one of three.
    """
    others = looks_wanted().exclude(vacancy=vacancy)
    following: Subquery | Coalesce = Subquery(others.values("pk")[:1])
    if here is not None and here.since is not None:
        behind = others.filter(TupleGreaterThan(Tuple("since", "pk"), (here.since, here.pk)))
        following = Coalesce(Subquery(behind.values("pk")[:1]), following)
    return CurationLook.objects.filter(pk=following).select_related("vacancy__current").first()


def last_look(row: CurationLook | None) -> LastLook | None:
    """What somebody last saw, None when nobody looked."""
    if row is None or row.looked_at is None:
        return None
    return LastLook(frozenset(row.shown), frozenset(row.accepted))


def lists_now() -> dict[int, ListNow]:
    """Every open list that has a ranking, by vacancy. Two queries; ids only, so that ten thousand take a second."""
    allocations = VacancyAllocation.objects.filter(vacancy__in=published_vacancies())
    shown = dict(allocations.values_list("vacancy", "shown").iterator(AT_ONCE))
    times = Counter(person for people in shown.values() for person in people)
    facts = ranked_facts(RankingState.objects.filter(vacancy__in=published_vacancies()))
    return {
        vacancy: list_now(openings, eligible, shown.get(vacancy, []), times)
        for vacancy, openings, eligible in facts.iterator(AT_ONCE)
    }


def ranked_facts(states: QuerySet[RankingState]) -> QuerySet[RankingState, Any]:
    """(vacancy, openings, eligible) of those that were ranked."""
    ranked = states.filter(current__isnull=False, vacancy__current__isnull=False)
    return ranked.values_list("vacancy", "vacancy__current__openings", "current__eligible")


def list_now(openings: int, eligible: int, shown: list[int], times: Counter[int]) -> ListNow:
    """The figures of one list; `times` says on how many lists each person is shown."""
    most = settings.SHORTLISTS_PER_PERSON
    return ListNow(openings, eligible, tuple(shown), sum(times[one] >= most for one in shown))
