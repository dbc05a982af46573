"""Who newly suits a vacancy well, on both sides: read from the lists that are made and shared out anyway."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from candidates.models import Candidate, Reservation
from employers.enums import EmployerState
from matching.engine import SCALE
from matching.models import RankingState
from placements.models import Application, ListSearched, MatchTold, SetAside
from vacancies.enums import VacancyState

WELL: Final = SCALE * 6 // 10
"""What each side's own score has to be, of 10**7: 60 of 100. Half of those shown first reach 68 as the employer sees it."""


@dataclass(frozen=True, slots=True)
class NewMatch:
    """A person who was not told yet, with both sides' scores of 0..10**7."""

    candidate: Candidate
    employer_score: int
    candidate_score: int


def lists_to_search() -> QuerySet[RankingState]:
    """Open vacancies whose list, or the sharing out of its places, is another than the one searched last.

    What was never tried comes first, then what was tried longest ago: a list that fails each time keeps no other waiting.
    """
    searched = ListSearched.objects.filter(
        vacancy=OuterRef("vacancy"),
        ranking=OuterRef("current"),
        round=OuterRef("vacancy__allocation__round"),
    )
    tried_at = ListSearched.objects.filter(vacancy=OuterRef("vacancy")).values("tried_at")
    lists = RankingState.objects.filter(
        vacancy__state=VacancyState.PUBLISHED,
        vacancy__employer__state=EmployerState.ACCEPTED,
        vacancy__allocation__isnull=False,
        current__version=F("vacancy__current"),
    )
    return (
        lists.exclude(Exists(searched))
        .select_related("current", "vacancy__employer", "vacancy__current", "vacancy__allocation")
        .defer("listed", "near_missed", "near_limits", "current__query")
        .order_by(Subquery(tried_at).asc(nulls_first=True), "vacancy")
    )


def new_matches(found: RankingState) -> list[NewMatch]:
    """Those whom the list shows first, whom both scores speak for, and who are in no application there; best first.

    Left out: who was told before, is not listed (any more), asked not to be shown there, or was set aside. One query.
    """
    assert found.current is not None
    result, vacancy = found.current.result, found.vacancy
    shown = set(vacancy.allocation.shown)
    scores = {
        int(one): (int(employer), int(candidate))
        for one, employer, candidate in zip(
            result.candidate_ids, result.employer_scores, result.candidate_scores, strict=True
        )
        if int(one) in shown and min(employer, candidate) >= WELL
    }
    if not scores:
        return []
    here = {"vacancy": vacancy, "candidate": OuterRef("pk")}
    assert vacancy.current is not None
    people = Candidate.objects.listed().open_to(
        employer=vacancy.employer_id, sector=vacancy.current.sector_id
    )
    people = people.filter(pk__in=scores, user__is_active=True, user__is_demo=False).exclude(
        Exists(MatchTold.objects.filter(**here))
        | Exists(Application.objects.filter(**here))
        | Exists(SetAside.objects.filter(**here, taken_back_at=None))
    )
    by_id = people.select_related("user").in_bulk()
    return [NewMatch(by_id[one], *both) for one, both in scores.items() if one in by_id]


def no_longer_true() -> QuerySet[MatchTold]:
    """What waits for a morning's mail and holds no more: the vacancy is not open, or the person is not there for it."""
    reserved = Reservation.objects.filter(candidate=OuterRef("candidate")).filter(
        Q(employer=OuterRef("vacancy__employer")) | Q(sector=OuterRef("vacancy__current__sector"))
    )
    pair = {"vacancy": OuterRef("vacancy"), "candidate": OuterRef("candidate")}
    return MatchTold.objects.filter(notification__awaits_digest=True).filter(
        ~Q(vacancy__state=VacancyState.PUBLISHED)
        | ~Q(vacancy__employer__state=EmployerState.ACCEPTED)
        | Q(candidate__listed=False)
        | Exists(reserved)
        | Exists(Application.objects.filter(**pair))
        | Exists(SetAside.objects.filter(**pair, taken_back_at=None))
    )
