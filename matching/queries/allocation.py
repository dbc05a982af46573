"""What there is to share out: the current rankings of open vacancies, with what recruiters did by hand."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db.models import QuerySet

from candidates.models import Candidate
from matching.engine.allocation import Allocation, Market
from matching.enums import EntryKind
from matching.models import AllocationRound, RankingState, ShortlistEntry
from matching.models.ranking import Ranking
from vacancies.queries.vacancies import published_vacancies

BY_HAND = frozenset({EntryKind.PINNED, EntryKind.MOVED, EntryKind.ADDED})
CHUNK = 200
RULES = 2
"""Raised when places are shared out in another way, so that the next round follows at once."""

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that an allocation depends on, without the rankings' contents.

    lists: (vacancy, ranking, openings), ascending; entries: (vacancy, candidate, kind, whether they brought their own
    figures), ascending; cap: most shortlists a person; per_opening: places shown for each opening; quiet: people who
    take no place while others do, ascending.
    """

    lists: tuple[tuple[int, int, int], ...]
    entries: tuple[tuple[int, int, str, bool], ...]
    cap: int
    per_opening: int
    quiet: tuple[int, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256, hexadecimal. Rankings never change, so their ids stand for what they hold."""
        content = [RULES, self.lists, self.entries, self.cap, self.per_opening, self.quiet]
        return sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class OpenList:
    """One vacancy's ranking as it is shared out, best first by rank. `by_hand` take their places first; `hidden` none."""

    vacancy: int
    openings: int
    people: Ids
    employer_scores: Ids
    candidate_scores: Ids
    by_hand: tuple[int, ...] = ()
    hidden: frozenset[int] = field(default_factory=frozenset)

    @property
    def sharing(self) -> npt.NDArray[np.bool_]:
        """Which rows of the ranking wait to be given a place; bool (k,)."""
        settled = list({*self.by_hand, *self.hidden})
        return ~np.isin(self.people, np.array(settled, dtype=np.int64))


def inputs_now() -> Inputs:
    """Three queries."""
    rows = _states().values_list("vacancy_id", "current_id", "vacancy__current__openings")
    return _inputs(list(rows), _entries())


def open_lists() -> tuple[Inputs, list[OpenList]]:
    """The inputs with the rankings' contents; three queries, so that each is of one moment."""
    entries = _entries()
    overlay: dict[int, list[tuple[int, str, bool]]] = {}
    for vacancy, candidate, kind, own in entries:
        overlay.setdefault(vacancy, []).append((candidate, kind, own))
    lists, found = [], []
    states = _states().select_related("current", "vacancy__current")
    for state in states.iterator(CHUNK):
        assert state.current is not None
        assert state.vacancy.current is not None
        openings = state.vacancy.current.openings
        lists.append((state.vacancy_id, state.current.pk, openings))
        found.append(_open_list(state.vacancy_id, state.current, openings, overlay.get(state.vacancy_id, ())))
    return _inputs(lists, entries), found


def market_of(lists: list[OpenList], cap: int, per_opening: int, quiet: Collection[int] = ()) -> Market:
    """Who still has to be given a place, after what recruiters did by hand; the `quiet` are given none."""
    placed = lists_by_hand(lists)
    masks = [one.sharing for one in lists]

    def joined(arrays: Iterable[Ids]) -> Ids:
        return np.concatenate([np.zeros(0, dtype=np.int64), *arrays])

    rows = list(zip(lists, masks, strict=True))
    people, behind = joined(one.people[mask] for one, mask in rows), set(quiet)
    return Market.of(
        {one.vacancy: max(one.openings * per_opening - len(one.by_hand), 0) for one in lists},
        {
            person: 0 if person in behind else max(cap - placed.get(person, 0), 0)
            for person in np.unique(people).tolist()
        },
        pair_vacancies=joined(np.full(int(mask.sum()), one.vacancy, dtype=np.int64) for one, mask in rows),
        pair_people=people,
        employer_scores=joined(one.employer_scores[mask] for one, mask in rows),
        candidate_scores=joined(one.candidate_scores[mask] for one, mask in rows),
    )


def market_of_empty(
    lists: list[OpenList], within: Allocation, cap: int, quiet: Collection[int] = ()
) -> Market:
    """The lists that would show nobody although somebody suits: one place each, beyond the limit.

    All who suit such a list are shown on `cap` others already, so nobody else goes without for it. Each may be shown
    on as many of these again.
    """
    filled = {vacancy for vacancy, _person in within.pairs()}
    empty = [one for one in lists if one.vacancy not in filled and not one.by_hand]
    market = market_of(empty, cap, 1, quiet)
    return replace(market, places=np.minimum(market.places, 1))


def lists_by_hand(lists: list[OpenList]) -> dict[int, int]:
    """On how many lists recruiters placed each person."""
    placed: dict[int, int] = {}
    for one in lists:
        for person in one.by_hand:
            placed[person] = placed.get(person, 0) + 1
    return placed


def latest_round() -> AllocationRound | None:
    """The last sharing out."""
    return AllocationRound.objects.order_by("-made_at", "-pk").first()


def _states() -> QuerySet[RankingState]:
    return RankingState.objects.filter(vacancy__in=published_vacancies(), current__isnull=False).order_by(
        "vacancy_id"
    )


def _entries() -> list[tuple[int, int, str, bool]]:
    rows = ShortlistEntry.objects.filter(vacancy__in=published_vacancies()).values_list(
        "vacancy_id", "candidate_id", "kind", "figures__isnull"
    )
    return sorted((vacancy, candidate, kind, not none) for vacancy, candidate, kind, none in rows)


def _inputs(lists: list[tuple[int, int, int]], entries: list[tuple[int, int, str, bool]]) -> Inputs:
    return Inputs(
        tuple(lists), tuple(entries), settings.SHORTLISTS_PER_PERSON, settings.SHOWN_PER_OPENING, _quiet()
    )


def _quiet() -> tuple[int, ...]:
    people = Candidate.objects.filter(quiet_until__isnull=False, listed=True)
    return tuple(people.order_by("pk").values_list("pk", flat=True))


def _open_list(
    vacancy: int, ranking: Ranking, openings: int, overlay: Iterable[tuple[int, str, bool]]
) -> OpenList:
    result = ranking.result
    ranked = set(result.candidate_ids.tolist())
    by_hand = [who for who, kind, own in overlay if kind in BY_HAND and (own or who in ranked)]
    hidden = frozenset(who for who, kind, _own in overlay if kind == EntryKind.HIDDEN)
    return OpenList(
        vacancy,
        openings,
        result.candidate_ids,
        result.employer_scores,
        result.candidate_scores,
        tuple(by_hand),
        hidden,
    )
