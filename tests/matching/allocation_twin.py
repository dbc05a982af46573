"""Plain-Python twins of sharing out places, one ask at a time, and what it is held against. Written from the definition."""

from collections import Counter, defaultdict
from itertools import combinations
from typing import NamedTuple

import numpy as np

from matching.engine.allocation import Market


class Suits(NamedTuple):
    """A pair that suits, with both scores."""

    vacancy: int
    person: int
    for_employer: int
    for_person: int


class Plain(NamedTuple):
    """A market as plain data: places by vacancy, caps by person, pairs."""

    places: dict[int, int]
    caps: dict[int, int]
    pairs: list[Suits]

    def market(self) -> Market:
        columns = list(zip(*self.pairs, strict=True)) or [[], [], [], []]
        return Market.of(
            self.places,
            self.caps,
            pair_vacancies=np.array(columns[0], dtype=np.int64),
            pair_people=np.array(columns[1], dtype=np.int64),
            employer_scores=np.array(columns[2], dtype=np.int64),
            candidate_scores=np.array(columns[3], dtype=np.int64),
        )

    def wishes(self) -> dict[int, list[int]]:
        """Vacancies of each person, best first."""
        return _preferences((one.person, -one.for_person, one.vacancy) for one in self.pairs)

    def lists(self) -> dict[int, list[int]]:
        """People of each vacancy, best first."""
        return _preferences((one.vacancy, -one.for_employer, one.person) for one in self.pairs)


def _preferences(rows):
    found = defaultdict(list)
    for who, _score, other in sorted(rows):
        found[who].append(other)
    return found


def people_ask(plain: Plain, latest_first: bool = False) -> set[tuple[int, int]]:
    """Deferred acceptance, one ask at a time; whoever waits first (or last) asks next. (vacancy, person)."""
    return _deferred(plain.wishes(), plain.caps, plain.lists(), plain.places, latest_first, turned=True)


def vacancies_ask(plain: Plain) -> set[tuple[int, int]]:
    """The same with the sides exchanged: the best stable outcome for the vacancies."""
    return _deferred(plain.lists(), plain.places, plain.wishes(), plain.caps, False, turned=False)


def _deferred(wishes, caps, lists, places, latest_first, turned):
    liking = {side: {other: at for at, other in enumerate(row)} for side, row in lists.items()}
    left = {who: list(row) for who, row in wishes.items()}
    held = defaultdict(set)
    waiting = [who for who in sorted(left) for _ in range(caps[who])]
    while waiting:
        who = waiting.pop(-1 if latest_first else 0)
        if not left[who]:
            continue
        asked = left[who].pop(0)
        held[asked].add(who)
        if len(held[asked]) > places[asked]:
            refused = max(held[asked], key=liking[asked].__getitem__)
            held[asked].remove(refused)
            waiting.append(refused)
    pairs = {(asked, who) for asked, row in held.items() for who in row}
    return pairs if turned else {(who, asked) for asked, who in pairs}


def blocking(plain: Plain, shown: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """By the definition, pair by pair."""
    scores = {(one.vacancy, one.person): one for one in plain.pairs}
    by_vacancy, by_person = defaultdict(list), defaultdict(list)
    for vacancy, person in shown:
        by_vacancy[vacancy].append((-scores[vacancy, person].for_employer, person))
        by_person[person].append((-scores[vacancy, person].for_person, vacancy))
    found = []
    for (vacancy, person), one in scores.items():
        if (vacancy, person) in shown:
            continue
        places, cap = plain.places[vacancy], plain.caps[person]
        wanted = len(by_vacancy[vacancy]) < places or any(
            worse > (-one.for_employer, person) for worse in by_vacancy[vacancy]
        )
        wants = len(by_person[person]) < cap or any(
            worse > (-one.for_person, vacancy) for worse in by_person[person]
        )
        if wanted and wants:
            found.append((vacancy, person))
    return sorted(found)


def stable_outcomes(plain: Plain) -> list[set[tuple[int, int]]]:
    """Every outcome within places and caps that has no blocking pair; tries all, so for small markets only."""
    every = [(one.vacancy, one.person) for one in plain.pairs]
    found = []
    for size in range(len(every) + 1):
        for chosen in combinations(every, size):
            lists, people = Counter(v for v, _ in chosen), Counter(p for _, p in chosen)
            fits = all(lists[one] <= places for one, places in plain.places.items())
            if fits and all(people[one] <= cap for one, cap in plain.caps.items()):
                found.append(set(chosen))
    return [one for one in found if not blocking(plain, one)]


def most_that_fit(plain: Plain) -> int:
    """How many places any outcome could fill, stable or not: augmenting paths, one unit at a time."""
    suits = plain.lists()
    shown: set[tuple[int, int]] = set()
    load = Counter()

    def give(vacancy: int, seen: set[int]) -> bool:
        for person in suits.get(vacancy, []):
            if person in seen or (vacancy, person) in shown:
                continue
            seen.add(person)
            if load[person] < plain.caps[person]:
                load[person] += 1
                shown.add((vacancy, person))
                return True
            for other in [one for one, who in sorted(shown) if who == person]:
                shown.remove((other, person))
                if give(other, seen):
                    shown.add((vacancy, person))
                    return True
                shown.add((other, person))
        return False

    return sum(give(vacancy, set()) for vacancy, places in plain.places.items() for _ in range(places))
