"""Sharing out the places of many shortlists, so that nobody stands on all of them at once.

Many-to-many deferred acceptance: each vacancy shows at most so many people, each person is shown on at most so many
shortlists. The people ask, best vacancy first by their own score; a vacancy keeps the best of all who asked so far by
its own score and turns the others away, who then ask the next. Ties go to the lower id on both sides, so every
preference is strict, and the outcome does not depend on the order of the pairs or on who asks first.

Why the people ask: of all stable outcomes this one is the best for every person, and the worst for the vacancies (Roth
1984). That is the fairer one here: an employer sees everybody else too, below, while a person cannot put themselves on
another list. How many places of which vacancy are filled is the same in every stable outcome.

What stability gives and what it does not: no vacancy and person who are not together would both rather be. A place
stays empty only when everybody who suits is shown on as many lists as they may be, all of which suit them better. The
number of filled places is at least half of what any outcome could fill; filling more would need pairs who would both
rather leave it. That holds for first places too: a list without anybody on it stays so in every stable outcome, even
while other lists show ten people for an opening. Such lists are therefore shared out a second time among themselves,
one place each, beyond the caps: nobody goes without for it, and no pair becomes a blocking one.

References: D. Gale and L. S. Shapley (1962), College admissions and the stability of marriage, American Mathematical
Monthly 69, 9-15. A. E. Roth (1984), Stability and polarization of interests in job matching, Econometrica 52, 47-57.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from matching.engine.scale import SCALE, Ints

Flags = npt.NDArray[np.bool_]
_TOP_ID: Final = 2**63 - 1


class InvalidMarket(ValueError):
    """What is to be shared out is unusable. `field` names what has to be corrected."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Market:
    """Who could be shown where; everything int64, in any order. Make it with `Market.of`.

    vacancies (v,), places (v,): how many people each may show, 0 upwards; more than suit is no error.
    people (p,), caps (p,): on how many of these lists each may be shown, 0 upwards.
    pair_vacancies, pair_people (e,): ids of every pair that suits, each pair once.
    employer_scores, candidate_scores (e,): 0..10**7, how well the pair suits each side.
    """

    vacancies: Ints
    places: Ints
    people: Ints
    caps: Ints
    pair_vacancies: Ints
    pair_people: Ints
    employer_scores: Ints
    candidate_scores: Ints

    @classmethod
    def of(
        cls,
        places: Mapping[int, int],
        caps: Mapping[int, int],
        *,
        pair_vacancies: npt.ArrayLike,
        pair_people: npt.ArrayLike,
        employer_scores: npt.ArrayLike,
        candidate_scores: npt.ArrayLike,
    ) -> Self:
        """A checked market. `places` by vacancy, `caps` by person. Raises `InvalidMarket`."""
        market = cls(
            vacancies=_whole("vacancies", list(places), 1, _TOP_ID),
            places=_whole("places", list(places.values()), 0, _TOP_ID),
            people=_whole("people", list(caps), 1, _TOP_ID),
            caps=_whole("caps", list(caps.values()), 0, _TOP_ID),
            pair_vacancies=_whole("pair_vacancies", pair_vacancies, 1, _TOP_ID),
            pair_people=_whole("pair_people", pair_people, 1, _TOP_ID),
            employer_scores=_whole("employer_scores", employer_scores, 0, SCALE),
            candidate_scores=_whole("candidate_scores", candidate_scores, 0, SCALE),
        )
        _check_pairs(market)
        return market

    def __len__(self) -> int:
        return len(self.pair_vacancies)


class Pair(NamedTuple):
    """A vacancy and a person, by id."""

    vacancy: int
    person: int


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """The outcome. shown bool (e,): which pairs of `market` are shown, in its order. turns: until nobody asked any more."""

    market: Market
    shown: Flags
    turns: int

    def pairs(self) -> list[Pair]:
        """The shown pairs, ascending."""
        chosen = zip(
            self.market.pair_vacancies[self.shown].tolist(),
            self.market.pair_people[self.shown].tolist(),
            strict=True,
        )
        return sorted(Pair(vacancy, person) for vacancy, person in chosen)

    def lists_of_people(self) -> dict[int, int]:
        """On how many lists each shown person is."""
        who, times = np.unique(self.market.pair_people[self.shown], return_counts=True)
        return dict(zip(who.tolist(), times.tolist(), strict=True))


def allocate(market: Market) -> Allocation:
    """The stable allocation that is best for the people. All who may ask do so at once, turn by turn."""
    vacancy = _positions(market.vacancies, market.pair_vacancies)
    person = _positions(market.people, market.pair_people)
    # From here on a pair is its position in the vacancies' lists: vacancy by vacancy, the best person first.
    listed = np.lexsort((market.pair_people, -market.employer_scores, vacancy))
    asked = np.lexsort((market.pair_vacancies, -market.candidate_scores, person))
    position = np.empty(len(market), dtype=np.int64)
    position[listed] = np.arange(len(market))
    asks, vacancy, person_of = position[asked], vacancy[listed], person[listed]
    list_starts = _starts(vacancy, len(market.vacancies))
    ask_starts = _starts(person[asked], len(market.people))
    next_ask, last_ask, free = ask_starts[:-1].copy(), ask_starts[1:], market.caps.copy()
    held = np.zeros(len(market), dtype=bool)
    asking = np.arange(len(market.people))
    turns = 0
    while True:
        count = np.minimum(free[asking], last_ask[asking] - next_ask[asking])
        asking, count = asking[count > 0], count[count > 0]
        if not len(asking):
            break
        turns += 1
        new = asks[_ranges(next_ask[asking], count)]
        next_ask[asking] += count
        free[asking] -= count
        held[new] = True
        refused = _beyond(held, list_starts, market.places, np.unique(vacancy[new]), vacancy)
        held[refused] = False
        np.add.at(free, person_of[refused], 1)
        asking = np.unique(person_of[refused])
    shown = np.empty(len(market), dtype=bool)
    shown[listed] = held
    return Allocation(market, shown, turns)


def blocking_pairs(market: Market, shown: Flags) -> list[Pair]:
    """Pairs that are not shown although both would rather be: each has room, or something worse. Ascending.

    Written apart from `allocate`: it looks only at the outcome. Raises `InvalidMarket` when more are shown than the
    places or caps allow.
    """
    if shown.shape != (len(market),) or shown.dtype != np.bool_:
        raise InvalidMarket("shown", "one yes or no for each pair is needed")
    vacancy = _positions(market.vacancies, market.pair_vacancies)
    person = _positions(market.people, market.pair_people)
    by_vacancy = _would_take(
        vacancy, market.places, market.employer_scores, market.pair_people, shown, "places"
    )
    by_person = _would_take(
        person, market.caps, market.candidate_scores, market.pair_vacancies, shown, "caps"
    )
    blocking = ~shown & by_vacancy & by_person
    found = zip(market.pair_vacancies[blocking].tolist(), market.pair_people[blocking].tolist(), strict=True)
    return sorted(Pair(vacancy_id, person_id) for vacancy_id, person_id in found)


def _would_take(side: Ints, limits: Ints, scores: Ints, others: Ints, shown: Flags, limit_name: str) -> Flags:
    """For each pair: whether this side has room, or holds somebody it likes less. bool (e,)."""
    holds = np.bincount(side[shown], minlength=len(limits))
    if (holds > limits).any():
        raise InvalidMarket("shown", f"more are shown than the {limit_name} allow")
    liking = np.empty(len(side), dtype=np.int64)
    liking[np.lexsort((others, -scores))] = np.arange(len(side))
    worst = np.full(len(limits), -1, dtype=np.int64)
    np.maximum.at(worst, side[shown], liking[shown])
    room = holds < limits
    would: Flags = room[side] | (liking < worst[side])
    return would


def _beyond(held: Flags, list_starts: Ints, places: Ints, touched: Ints, vacancy: Ints) -> Ints:
    """Held positions of the touched lists that come after the last place."""
    inside = _ranges(list_starts[touched], list_starts[touched + 1] - list_starts[touched])
    inside = inside[held[inside]]
    of = vacancy[inside]
    first = np.searchsorted(of, of, side="left")
    beyond: Ints = inside[np.arange(len(inside)) - first >= places[of]]
    return beyond


def _starts(groups: Ints, count: int) -> Ints:
    """Where each group of ascending `groups` starts, and where the last ends; int64 (count + 1,)."""
    starts: Ints = np.searchsorted(groups, np.arange(count + 1)).astype(np.int64)
    return starts


def _ranges(starts: Ints, lengths: Ints) -> Ints:
    """All of start, start + 1, … of each range, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    ranges: Ints = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return ranges


def _positions(ids: Ints, wanted: Ints) -> Ints:
    order = np.argsort(ids)
    found: Ints = order[np.searchsorted(ids, wanted, sorter=order)]
    return found


def _whole(name: str, values: npt.ArrayLike, low: int, high: int) -> Ints:
    """The values as int64 (n,), every one a whole number from low to high."""
    array = np.asarray(values)
    if array.ndim != 1:
        raise InvalidMarket(name, "one value after the other is needed")
    if not len(array):
        return np.zeros(0, dtype=np.int64)
    if array.dtype.kind not in "iu":
        raise InvalidMarket(name, "only whole numbers are possible")
    if int(array.min()) < low or int(array.max()) > high:
        raise InvalidMarket(name, f"only {low} to {high} is possible")
    return array.astype(np.int64)


def _check_pairs(market: Market) -> None:
    for one in fields(market)[4:]:
        if len(getattr(market, one.name)) != len(market):
            raise InvalidMarket(one.name, "one value for each pair is needed")
    for name, ids in (("vacancies", market.vacancies), ("people", market.people)):
        unknown = np.setdiff1d(getattr(market, f"pair_{name}"), ids)
        if len(unknown):
            raise InvalidMarket(f"pair_{name}", f"{unknown[0]} is not among the {name}")
    order = np.lexsort((market.pair_people, market.pair_vacancies))
    vacancies, people = market.pair_vacancies[order], market.pair_people[order]
    if ((vacancies[1:] == vacancies[:-1]) & (people[1:] == people[:-1])).any():
        raise InvalidMarket("pairs", "a pair is there twice")
