"""A shortlist as it is shown: the current ranking with what people changed laid over it."""

from dataclasses import dataclass

from candidates.models import Candidate
from matching.engine import PARTS
from matching.models import Ranking, RankingState, ShortlistEntry
from matching.rules.overlay import Change, laid_over
from vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class PartShare:
    """One part of a score: fit (0..10**7), and what it adds to the total (0..10**7)."""

    part: str
    fit: int
    contribution: int


@dataclass(frozen=True, slots=True)
class ShortlistRow:
    """A person on the list. `place` as shown and `rank` in the ranking, both 1-based; score 0..10**7."""

    place: int
    rank: int
    candidate: Candidate
    score: int
    employer_score: int
    candidate_score: int
    parts: tuple[PartShare, ...]
    entry: ShortlistEntry | None


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The order that is shown, and the ranking below it. `order` are candidate ids."""

    ranking: Ranking
    order: tuple[int, ...]
    entries: dict[int, ShortlistEntry]
    listed: dict[int, Candidate]

    def __len__(self) -> int:
        return len(self.order)

    def rows(self, first: int, last: int) -> list[ShortlistRow]:
        """Rows of places `first`..`last` - 1, counted from 0."""
        result = self.ranking.result
        rank_of = {int(one): at for at, one in enumerate(result.candidate_ids)}
        return [
            self._row(place, one, rank_of[one])
            for place, one in enumerate(self.order[first:last], start=first + 1)
        ]

    def row_of(self, candidate_id: int) -> ShortlistRow | None:
        """The row of one person, None when they are not shown."""
        if candidate_id not in self.order:
            return None
        at = self.order.index(candidate_id)
        return self.rows(at, at + 1)[0]

    def ranked_row(self, candidate: Candidate) -> ShortlistRow | None:
        """The person's own row of the ranking, whatever was done to their place on the list."""
        found = self.ranking.result.rank_of(candidate.pk)
        if found is None or candidate.pk not in self.listed:
            return None
        place = self.order.index(candidate.pk) + 1 if candidate.pk in self.order else found
        return self._row(place, candidate.pk, found - 1)

    def hidden(self) -> list[ShortlistEntry]:
        """Entries of people who are still ranked but not shown."""
        shown = set(self.order)
        return [entry for one, entry in self.entries.items() if one in self.listed and one not in shown]

    def _row(self, place: int, candidate_id: int, at: int) -> ShortlistRow:
        result = self.ranking.result
        parts = zip(PARTS, result.fits[at].tolist(), result.contributions[at].tolist(), strict=True)
        return ShortlistRow(
            place=place,
            rank=at + 1,
            candidate=self.listed[candidate_id],
            score=int(result.scores[at]),
            employer_score=int(result.employer_scores[at]),
            candidate_score=int(result.candidate_scores[at]),
            parts=tuple(PartShare(str(part), fit, share) for part, fit, share in parts),
            entry=self.entries.get(candidate_id),
        )


def current_ranking(vacancy: Vacancy) -> Ranking | None:
    """The ranking that holds now, None while the first is being made."""
    state = RankingState.objects.select_related("current__version").filter(vacancy=vacancy).first()
    return state.current if state else None


def problem_of(vacancy: Vacancy) -> str:
    """Why the current version of a vacancy cannot be ranked, for staff; empty when it can."""
    return RankingState.objects.filter(vacancy=vacancy).values_list("problem", flat=True).first() or ""


def shortlist_of(vacancy: Vacancy) -> Shortlist | None:
    """What is shown for a vacancy; None before its first ranking. Three queries.

    People who took back their agreement to be listed since the ranking are not shown.
    """
    ranking = current_ranking(vacancy)
    if ranking is None:
        return None
    ranked = ranking.result.candidate_ids.tolist()
    listed = {
        person.pk: person
        for person in Candidate.objects.filter(pk__in=ranked, listed=True).only(
            "public_id",
            "country_id",
            "region_id",
            "zone",
            "hours_min",
            "hours_max",
            "earliest_start",
            "just_looking",
            "availability",
            "minimum_pay",
            "wished_pay",
            "pay_currency",
            "pay_period",
        )
    }
    entries = {
        entry.candidate_id: entry
        for entry in ShortlistEntry.objects.filter(vacancy=vacancy)
        .select_related("candidate", "by")
        .order_by("at", "pk")
    }
    changes = {one: Change(entry.kind, entry.position) for one, entry in entries.items()}
    order = laid_over([one for one in ranked if one in listed], changes)
    return Shortlist(ranking, tuple(order), entries, listed)
