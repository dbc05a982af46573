"""What-if: who is eligible for a vacancy as it stands, and for every alternative to it.

The gates of the vacancy are judged once. An alternative changes the conditions of some gates S;
who is eligible under it passes every other gate and, under the changed conditions, those of S.
So only people who fail nothing outside S have to be judged again, and only at S. That is exact:
the count of an alternative is the count that ranking its query would give.

The hours gate reads a person only through (zone, availability) and the hours a week wanted, so
it is measured once for each distinct pair and not for each person; the gates before pay are
answered with sets of people.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from matching.engine.bitmaps import Bitmap, flags
from matching.engine.codes import CODES, GATES, Gate
from matching.engine.columns import MAX_PAY
from matching.engine.easing import TIME_ONLY
from matching.engine.gates import JUDGES, Rows
from matching.engine.hours_by_pair import HoursTable, PeopleByPair
from matching.engine.parts import PartWeights
from matching.engine.place_table import PlaceTable, place_table
from matching.engine.pool import Pool
from matching.engine.query import PlaceTerms, VacancyQuery
from matching.engine.scale import SCALE
from matching.engine.scoring import total_scores
from matching.engine.screening import Waterfall, failing_by_gate, screen
from matching.engine.weights import CANDIDATE_WEIGHTS

BINS: Final = 20
EDGES: Final = tuple(range(0, SCALE + 1, SCALE // BINS))
"""Edges of the histogram, 1/10**7: each bin holds its lower edge, the last one its upper edge too."""
ALL_GATES: Final = frozenset(GATES)
EARLY: Final = ALL_GATES - {Gate.PAY, Gate.HOURS}
"""The gates before pay, which the index of the pool answers for everybody at once."""
CAN_BE_OPEN: Final = frozenset({Gate.COUNTRY, Gate.LANGUAGE, Gate.SKILLS, Gate.PAY, Gate.HOURS})
"""Gates that need not be judged."""
_FIRST_OF_HOURS: Final = min(code.number for code in CODES if code.gate == Gate.HOURS)
_ALL_PAID: Final[dict[str, Any]] = {"offer_low": MAX_PAY, "offer_high": MAX_PAY}
_NOWHERE: Final = (("XX", ""),)


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

    `judged`: the gates that count; at the others, of `CAN_BE_OPEN`, everybody passes, in the
    alternatives too (for a vacancy whose facts are not all known). Without countries pay cannot
    be judged either. `scored`: whether to make the histogram, with the candidates' `weights`; it
    needs every gate. An alternative may differ from the query in anything.
    """
    unjudged = ALL_GATES - set(judged)
    if (
        unjudged - CAN_BE_OPEN
        or (Gate.COUNTRY in unjudged and Gate.PAY not in unjudged)
        or (scored and unjudged)
    ):
        raise ValueError(f"these gates cannot be left out: {', '.join(sorted(unjudged))}")
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
        self.pool, self.judged = pool, judged
        self.query = _neutral(query, pool, judged)
        self.screening = screen(pool, self.query)
        self.places = place_table(self.query, pool.places)
        self.left = self.screening.first_reasons == 0
        counts = self.screening.waterfall.failed
        if Gate.HOURS not in judged:
            self.left |= self.screening.first_reasons >= _FIRST_OF_HOURS
            counts = tuple(
                0 if code.gate == Gate.HOURS else lost for code, lost in zip(CODES, counts, strict=True)
            )
        self.waterfall = Waterfall(len(pool), counts)
        self.eligible = np.flatnonzero(self.left)
        self.hours = HoursTable(pool, self.query)
        self.fallen: dict[frozenset[Gate], Rows] = {}

    def histogram(self, weights: PartWeights) -> tuple[int, ...]:
        """People in each of the bins, by total score. Needs every gate."""
        totals = total_scores(self.pool, self.query, weights, self.screening)
        bins = np.minimum(totals * BINS // SCALE, BINS - 1)
        return tuple(int(count) for count in np.bincount(bins, minlength=BINS))

    def countries(self) -> dict[str, int]:
        """People whom nothing but the country keeps out, by country; hiring there would add them."""
        known = [self.query.terms_for(place) for place in self.pool.places]
        rows = self.fallen_at(frozenset({Gate.COUNTRY}))
        by_place = np.bincount(self.pool.place_code[rows], minlength=len(known))
        added = {terms.country: 0 for terms in self.query.places if not terms.hireable}
        for terms, count in zip(known, by_place.tolist(), strict=True):
            if terms is not None and not terms.hireable:
                added[terms.country] += count
        return added

    def eligible_under(self, changed: VacancyQuery) -> int:
        """How many people are eligible under another query."""
        changed = _neutral(changed, self.pool, self.judged)
        places = place_table(changed, self.pool.places)
        before, after = _conditions(self.query, self.places), _conditions(changed, places)
        gates = frozenset(gate for gate in self.judged if before[gate] != after[gate])
        if not gates:
            return len(self.eligible)
        if gates == {Gate.HOURS}:
            return self.by_pair.count(changed)
        hours = HoursTable(self.pool, changed)
        open_to_it = self.eligible, self.fallen_at(gates)
        return sum(len(self._passing(gates, changed, places, hours, rows)) for rows in open_to_it)

    @cached_property
    def by_pair(self) -> PeopleByPair:
        """The people who fail nothing but, perhaps, hours: what every change of the shift is judged on."""
        rows = [self.eligible, self.fallen_at(frozenset({Gate.HOURS}))]
        return PeopleByPair(self.pool, np.concatenate(rows))

    def fallen_at(self, gates: frozenset[Gate]) -> Rows:
        """Rows that are not eligible, and fail nothing outside `gates`; ascending."""
        if gates not in self.fallen:
            others = self.judged - gates
            rows = np.flatnonzero(~(self._lost(self.failing, others) | self.left))
            self.fallen[gates] = self._passing(others - EARLY, self.query, self.places, self.hours, rows)
        return self.fallen[gates]

    @cached_property
    def failing(self) -> dict[Gate, Bitmap]:
        """Who fails each of the gates before pay."""
        return failing_by_gate(self.pool, self.query, self.places)

    def _lost(self, failing: dict[Gate, Bitmap], gates: frozenset[Gate]) -> npt.NDArray[np.bool_]:
        """bool (n,): who fails any of the gates."""
        lost = np.zeros_like(self.pool.index.everybody())
        for gate in gates & failing.keys():
            lost |= failing[gate]
        return flags(lost, len(self.pool))

    def _passing(
        self, gates: frozenset[Gate], query: VacancyQuery, places: PlaceTable, hours: HoursTable, rows: Rows
    ) -> Rows:
        """Those of the rows (ascending) that pass those gates of a query; hours, the dearest, last."""
        if gates & EARLY:
            failing = failing_by_gate(self.pool, query, places)
            rows = rows[~self._lost(failing, gates).take(rows)]
        if Gate.PAY in gates:
            rows = rows[JUDGES[Gate.PAY](self.pool, query, rows, places) == 0]
        return hours.passing(rows) if Gate.HOURS in gates else rows


def _neutral(query: VacancyQuery, pool: Pool, judged: frozenset[Gate]) -> VacancyQuery:
    """The query without conditions at the gates that are not judged; hours are left out elsewhere."""
    changes: dict[str, Any] = {}
    if Gate.LANGUAGE not in judged:
        changes["languages"] = ()
    if Gate.SKILLS not in judged:
        changes["must_skills"] = ()
    if Gate.COUNTRY not in judged:
        changes["places"] = tuple(
            PlaceTerms(country=c, region=r, **_ALL_PAID) for c, r in pool.places or _NOWHERE
        )
    elif Gate.PAY not in judged:
        changes["places"] = tuple(
            PlaceTerms(country=t.country, region=t.region, hireable=t.hireable, **_ALL_PAID)
            for t in query.places
        )
    return replace(query, weights=TIME_ONLY, **changes) if changes else query


def _conditions(query: VacancyQuery, places: PlaceTable) -> dict[Gate, object]:
    """All that each gate reads of a vacancy; gates with equal conditions judge everybody alike.

    Pay is read only for people of hireable places, whoever else has failed already.
    """
    paid = places.hireable
    return {
        Gate.LISTED: (query.start_day, query.sector, query.employer),
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
