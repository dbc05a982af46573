"""A shortlist as it is shown: the current ranking with what people changed laid over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from candidates.models import Candidate
from matching.engine import PARTS
from matching.enums import EntryKind, Waiting
from matching.models import Ranking, RankingState, ShortlistEntry, VacancyAllocation
from matching.queries.listed_people import ListedPeople
from matching.rules.overlay import Change, laid_over
from matching.words.waiting import waiting_reason, waiting_reason_you
from vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class PartShare:
    """One part of a score: fit (0..10**7), and what it adds to the total (0..10**7)."""

    part: str
    fit: int
    contribution: int


@dataclass(frozen=True, slots=True)
class ShortlistRow:
    """A person on the list. `place` as shown and `rank` in the ranking, both 1-based; score 0..10**7.

    `rank` is None for somebody added from outside the ranking; the figures are then those of the adding, and `open`
    is the code of what was still to be measured or confirmed. Who is `waiting` stands below those shown now, and
    `waiting_reason` says in one sentence why, `waiting_reason_you` to the person.
    """

    place: int
    rank: int | None
    candidate: Candidate
    score: int
    employer_score: int
    candidate_score: int
    parts: tuple[PartShare, ...]
    entry: ShortlistEntry | None
    waiting: bool = False
    waiting_reason: str = ""
    waiting_reason_you: str = ""
    open: str = ""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The order that is shown, and the ranking below it. `order` are candidate ids: shown now, then waiting.

    `waiting` says why (one of `Waiting`) for those who wait; `most` is on how many lists one person is shown at once, `places`
    how many people are shown for each opening; both 0 before the places were first shared out. `problem`: see `problem_of`.
    """

    ranking: Ranking
    order: tuple[int, ...]
    entries: dict[int, ShortlistEntry]
    listed: ListedPeople
    waiting: Mapping[int, str] = field(default_factory=dict)
    most: int = 0
    places: int = 0
    problem: str = ""

    def __len__(self) -> int:
        return len(self.order)

    def __bool__(self) -> bool:
        """A list that shows nobody is a list, too: whoever is hidden still stands behind it."""
        return True

    def rows(self, first: int, last: int) -> list[ShortlistRow]:
        """Rows of places `first`..`last` - 1, counted from 0."""
        result = self.ranking.result
        rank_of = {int(one): at for at, one in enumerate(result.candidate_ids)}
        return [
            self._row(place, one, rank_of.get(one))
            for place, one in enumerate(self.order[first:last], start=first + 1)
        ]

    def row_of(self, candidate_id: int) -> ShortlistRow | None:
        """The row of one person, None when they are not shown."""
        if candidate_id not in self.order:
            return None
        rank = self.ranking.result.rank_of(candidate_id)
        return self._row(self.order.index(candidate_id) + 1, candidate_id, rank and rank - 1)

    def ranked_row(self, candidate: Candidate) -> ShortlistRow | None:
        """The person's own row of the ranking, whatever was done to their place on the list."""
        found = self.ranking.result.rank_of(candidate.pk)
        if found is None or candidate.pk not in self.listed:
            return None
        place = self.order.index(candidate.pk) + 1 if candidate.pk in self.order else found
        return self._row(place, candidate.pk, found - 1)

    def hidden(self) -> list[ShortlistEntry]:
        """Entries of people who would be on the list but are not shown."""
        shown = set(self.order)
        return [entry for one, entry in self.entries.items() if one in self.listed and one not in shown]

    def _row(self, place: int, candidate_id: int, at: int | None) -> ShortlistRow:
        entry, why = self.entries.get(candidate_id), self.waiting.get(candidate_id, "")
        figures = _figures_of(self.ranking, at) if at is not None else (entry and entry.figures) or {}
        parts = zip(PARTS, figures["fits"], figures["contributions"], strict=True)
        return ShortlistRow(
            place=place,
            rank=None if at is None else at + 1,
            candidate=self.listed[candidate_id],
            score=figures["score"],
            employer_score=figures["employer_score"],
            candidate_score=figures["candidate_score"],
            parts=tuple(PartShare(str(part), fit, share) for part, fit, share in parts),
            entry=entry,
            waiting=bool(why),
            waiting_reason=waiting_reason(why, self.most) if why else "",
            waiting_reason_you=waiting_reason_you(why, self.most) if why else "",
            open=figures.get("open", ""),
        )


def _figures_of(ranking: Ranking, at: int) -> dict[str, Any]:
    result = ranking.result
    return {
        "score": int(result.scores[at]),
        "employer_score": int(result.employer_scores[at]),
        "candidate_score": int(result.candidate_scores[at]),
        "fits": result.fits[at].tolist(),
        "contributions": result.contributions[at].tolist(),
    }


def current_ranking(vacancy: Vacancy) -> Ranking | None:
    """The ranking that holds now, None while the first is being made."""
    state = RankingState.objects.select_related("current__version").filter(vacancy=vacancy).first()
    return state.current if state else None


def problem_of(vacancy: Vacancy) -> str:
    """Why the current version of a vacancy cannot be ranked, for staff; empty when it can."""
    return RankingState.objects.filter(vacancy=vacancy).values_list("problem", flat=True).first() or ""


def shortlist_of(vacancy: Vacancy) -> Shortlist | None:
    """What is shown for a vacancy; None before its first ranking. Three queries.

    People who took back their agreement to be listed since the ranking, or asked not to be shown to this employer or
    sector, are not shown, whoever put them there.
    """
    states = RankingState.objects.select_related("current__version", "vacancy__allocation__round")
    unused = ("listed", "near_missed", "near_limits", "current__query")
    state = states.defer(*unused).filter(vacancy=vacancy).first()
    if state is None or state.current is None:
        return None
    entries = {
        entry.candidate_id: entry
        for entry in ShortlistEntry.objects.filter(vacancy=vacancy)
        .select_related("candidate", "by")
        .order_by("at", "pk")
    }
    ranked = state.current.result.candidate_ids.tolist()
    outside = entries.keys() - set(ranked)
    added = [one for one, entry in entries.items() if entry.figures and one in outside]
    listed = ListedPeople.of(
        [*ranked, *added], employer=state.vacancy.employer_id, sector=state.current.version.sector_id
    )
    allocation = _allocation_of(state)
    waiting = _waiting([one for one in ranked if one in listed], listed, entries, allocation)
    shown_first = sorted((one for one in ranked if one in listed), key=lambda one: one in waiting)
    changes = {one: Change(entry.kind, entry.position) for one, entry in entries.items()}
    order = laid_over([*shown_first, *(one for one in added if one in listed)], changes)
    most, places = (allocation.round.cap, allocation.round.places_per_opening) if allocation else (0, 0)
    return Shortlist(state.current, tuple(order), entries, listed, waiting, most, places, state.problem)


def _allocation_of(state: RankingState) -> VacancyAllocation | None:
    try:
        found: VacancyAllocation = state.vacancy.allocation
    except ObjectDoesNotExist:
        return None
    return found


def _waiting(
    ranked: list[int],
    listed: ListedPeople,
    entries: Mapping[int, ShortlistEntry],
    allocation: VacancyAllocation | None,
) -> dict[int, str]:
    """Why each of the ranked who waits does so. Whoever was placed by hand never waits."""
    if allocation is None:
        return {}
    shown, waiting, busy = set(allocation.shown), set(allocation.waiting), set(allocation.busy)
    found: dict[int, str] = {}
    for one in ranked:
        if one in shown or (one in entries and entries[one].kind != EntryKind.HIDDEN):
            continue
        if one in waiting and listed.quiet_until(one) is not None:
            found[one] = Waiting.QUIET
        else:
            found[one] = Waiting.BUSY if one in busy else Waiting.FULL if one in waiting else Waiting.NEW
    return found
