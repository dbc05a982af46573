"""The what-if bench: a vacancy and twelve easings of it on the whole pool, against rankings of one vacancy."""

from collections.abc import Sequence
from dataclasses import replace

from benchmarks.cases import CASES
from benchmarks.outcome import TOP, OursCompiling
from benchmarks.population import make_pool
from benchmarks.timing import ROUNDS, Row, heading, interleaved, rows_of, show, write
from matching.engine import PlaceTerms, VacancyQuery, rank
from matching.engine.easing import eased
from matching.engine.what_if import what_if

ALTERNATIVES = 12
HALF_EURO = 5000


def twelve(query: VacancyQuery) -> list[VacancyQuery]:
    """More pay, one more country, and as many of the engine's own easings as make twelve."""
    found = [_more_pay(query, times) for times in (1, 2, 3, 4)] + [_everywhere(query)]
    easings = [one.query for one in eased(query)]
    return (easings[: ALTERNATIVES - 2] + found)[:ALTERNATIVES]


def _more_pay(query: VacancyQuery, times: int) -> VacancyQuery:
    more = HALF_EURO * times
    return replace(
        query,
        places=tuple(
            replace(one, offer_low=one.offer_low + more, offer_high=one.offer_high + more)
            for one in query.places
        ),
    )


def _everywhere(query: VacancyQuery) -> VacancyQuery:
    def hired(terms: PlaceTerms) -> PlaceTerms:
        return replace(terms, hireable=True)

    return replace(query, places=tuple(hired(terms) for terms in query.places))


def measure(sizes: Sequence[int], rounds: int = ROUNDS) -> list[Row]:
    """Both cases at every size."""
    heading("what-if with 12 alternatives")
    rows: list[Row] = []
    for size in sizes:
        pool = make_pool(size)
        for case, make in CASES.items():
            query, single = make(), OursCompiling(pool, threads=1)
            single.prepare(query)
            others = twelve(query)
            bench = what_if(pool, query, others)
            counted = [rank(pool, one, top=0).eligible for one in others]
            if list(bench.alternatives) != counted or len(counted) != ALTERNATIVES:
                raise AssertionError("the what-if bench counts others than rankings do")
            taken = interleaved(
                {
                    "ours": lambda pool=pool, query=query, others=others: what_if(pool, query, others),
                    "one ranking": single.run,
                    "13 rankings": lambda pool=pool, all_of=(query, *others): [
                        rank(pool, q, top=TOP) for q in all_of
                    ],
                },
                rounds,
                seconds_each=10,
            )
            found = rows_of("what_if", size, case, taken)
            show(found, f"{case}: {found[0].median_ms / found[1].median_ms:.1f} single rankings")
            rows += found
    write("what_if", rows)
    return rows
