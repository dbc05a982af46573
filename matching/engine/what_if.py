"""What-if: who is eligible for a vacancy as it stands, and for every alternative to it.

The gates of the vacancy are judged once. An alternative changes the conditions of some gates S;
who is eligible under it passes every other gate and, under the changed conditions, those of S.
So only people who fail nothing outside S have to be judged again, and only at S. That is exact:
the count of an alternative is the count that ranking its query would give.

The hours gate reads a person only through (zone, availability) and the hours a week wanted, so
it is measured once for each distinct pair and not for each person.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from matching.engine.codes import CODES, GATES, Gate
from matching.engine.fits import compute_fits
from matching.engine.gates import JUDGES, Rows, judge_hours
from matching.engine.hours_by_pair import HoursByPair
from matching.engine.parts import PartWeights
from matching.engine.place_table import PlaceTable, place_table
from matching.engine.pool import Pool
from matching.engine.query import VacancyQuery
from matching.engine.scale import SCALE
from matching.engine.score import score
from matching.engine.screening import Waterfall
from matching.engine.weights import CANDIDATE_WEIGHTS

BINS: Final = 20
EDGES: Final = tuple(range(0, SCALE + 1, SCALE // BINS))
"""Edges of the histogram, 1/10**7: each bin holds its lower edge, the last one its upper edge too."""
ALL_GATES: Final = frozenset(GATES)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the bench found.

    histogram: people by score in `BINS` bins between `EDGES`; empty where scores were not asked for.
    alternatives: eligible people under each alternative, in the order given.
    countries: people that each country with terms in the query, but not hired from, would add.
    """

    waterfall: Waterfall
    histogram: tuple[int, ...]
    alternatives: tuple[int, ...]
    countries: Mapping[str, int]

    @property
    def eligible(self) -> int:
        """How many people pass every gate judged."""
        return self.waterfall.eligible


def what_if(
    pool: Pool,
    query: VacancyQuery,
    alternatives: Iterable[VacancyQuery] = (),
    *,
    judged: Collection[Gate] = ALL_GATES,
    scored: bool = True,
    weights: PartWeights = CANDIDATE_WEIGHTS,
) -> WhatIf:
    """Judge `query` on the whole pool, and every alternative to it.

    `judged`: the gates that count; at the others everybody passes, in the alternatives too (for
    a vacancy whose facts are not all known). `scored`: whether to make the histogram, with the
    candidates' `weights`. An alternative may differ from the query in anything.
    """
    bench = _Bench(pool, query, frozenset(judged))
    return WhatIf(
        waterfall=bench.waterfall,
        histogram=bench.histogram(weights) if scored else (),
        alternatives=tuple(bench.eligible_under(changed) for changed in alternatives),
        countries=bench.countries() if Gate.COUNTRY in judged else {},
    )


class _Bench:
    """The gates of one query, judged once, and what is asked of them again and again."""

    def __init__(self, pool: Pool, query: VacancyQuery, judged: frozenset[Gate]) -> None:
        self.pool, self.query = pool, query
        self.gates = [gate for gate in GATES if gate in judged]
        self.places = place_table(query, pool.places)
        self.fallen: dict[Gate, Rows] = {}
        self.alone: dict[tuple[Gate, frozenset[Gate]], Rows] = {}
        self._judge_all()

    def _judge_all(self) -> None:
        counts = np.zeros(len(CODES) + 1, dtype=np.int64)
        rows: Rows = np.arange(len(self.pool))
        self.hours = None
        for gate in self.gates:
            if gate == Gate.HOURS:
                reasons, facts = judge_hours(self.pool, self.query, rows)
                self.hours = facts.at(np.flatnonzero(reasons == 0))
            else:
                reasons = JUDGES[gate](self.pool, self.query, rows, self.places)
            counts += np.bincount(reasons, minlength=len(counts))
            self.fallen[gate] = rows[reasons != 0]
            rows = rows[reasons == 0]
        self.eligible = rows
        self.waterfall = Waterfall(len(self.pool), tuple(int(count) for count in counts[1:]))

    def histogram(self, weights: PartWeights) -> tuple[int, ...]:
        """People in each of the bins, by total score. Needs the hours gate."""
        assert self.hours is not None, "scores need the hours gate"
        fits = compute_fits(self.pool, self.query, self.eligible, self.hours, self.places)
        totals = score(fits, self.query.effective(self.query.weights), self.query.effective(weights)).total
        bins = np.minimum(totals * BINS // SCALE, BINS - 1)
        return tuple(int(count) for count in np.bincount(bins, minlength=BINS))

    def countries(self) -> dict[str, int]:
        """People whom nothing but the country keeps out, by country; hiring there would add them."""
        known = [self.query.terms_for(place) for place in self.pool.places]
        rows = self.failing_only(Gate.COUNTRY, frozenset({Gate.COUNTRY}))
        by_place = np.bincount(self.pool.place_code[rows], minlength=len(known))
        added = {terms.country: 0 for terms in self.query.places if not terms.hireable}
        for terms, count in zip(known, by_place.tolist(), strict=True):
            if terms is not None and not terms.hireable:
                added[terms.country] += count
        return added

    def eligible_under(self, changed: VacancyQuery) -> int:
        """How many people are eligible under another query."""
        places = place_table(changed, self.pool.places)
        gates = self._changed_gates(changed, places)
        if gates == {Gate.HOURS}:
            return self.hours_pairs.count(changed)
        return sum(len(self._passing_all(gates, changed, places, rows)) for rows in self.open_to(gates))

    @cached_property
    def hours_pairs(self) -> HoursByPair:
        """The people who fail nothing but, perhaps, hours: what every change of the shift is judged on."""
        return HoursByPair(self.pool, np.concatenate(self.open_to(frozenset({Gate.HOURS}))))

    def open_to(self, changed: frozenset[Gate]) -> list[Rows]:
        """Rows that fail no gate outside `changed`, each once; every array ascends."""
        fallen = [self.failing_only(gate, changed) for gate in self.gates if gate in changed]
        return [self.eligible, *fallen]

    def failing_only(self, first: Gate, changed: frozenset[Gate]) -> Rows:
        """Rows that fail `first` before any other gate, and after it none outside `changed`."""
        later = frozenset(self.gates[self.gates.index(first) + 1 :]) - changed
        if (first, later) not in self.alone:
            rows = self._passing_all(later, self.query, self.places, self.fallen[first])
            self.alone[(first, later)] = rows
        return self.alone[(first, later)]

    def _passing_all(
        self, gates: frozenset[Gate], query: VacancyQuery, places: PlaceTable, rows: Rows
    ) -> Rows:
        for gate in self.gates:
            if gate in gates:
                rows = self._passing(gate, query, places, rows)
        return rows

    def _passing(self, gate: Gate, query: VacancyQuery, places: PlaceTable, rows: Rows) -> Rows:
        if gate == Gate.HOURS:
            return HoursByPair(self.pool, rows).passing(query)
        passing: Rows = rows[JUDGES[gate](self.pool, query, rows, places) == 0]
        return passing

    def _changed_gates(self, changed: VacancyQuery, places: PlaceTable) -> frozenset[Gate]:
        """The gates whose conditions differ from those of the base."""
        base = _conditions(self.query, self.places)
        other = _conditions(changed, places)
        return frozenset(gate for gate in self.gates if base[gate] != other[gate])


def _conditions(query: VacancyQuery, places: PlaceTable) -> dict[Gate, object]:
    """All that each gate reads of a vacancy; gates with equal conditions judge everybody alike.

    Pay is read only for people of hireable places, whoever else has failed already.
    """
    paid = places.hireable
    return {
        Gate.LISTED: query.start_day,
        Gate.CONTRACT_FORM: query.contract_form,
        Gate.COUNTRY: places.hireable.tobytes(),
        Gate.RIGHT_TO_WORK: query.end_day,
        Gate.LANGUAGE: {(need.code, need.level) for need in query.languages},
        Gate.SKILLS: {(need.code, need.minimum) for need in query.must_skills},
        Gate.PAY: [
            values.tobytes()
            for values in (places.floor_unknown & paid, places.below_floor & paid, places.offer_high * paid)
        ],
        Gate.HOURS: (query.hours_week, query.zone, set(query.shifts), query.start_day, query.end_day),
    }
