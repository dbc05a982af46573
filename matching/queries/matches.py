"""The reverse direction: one person against every open vacancy, on request."""

from dataclasses import dataclass
from datetime import date, datetime

from candidates.models import Candidate
from matching.engine import Code, Explanation, InvalidQuery, Pool, VacancyQuery, explain, rank
from matching.models import RankingState
from matching.queries.compiled import Team, compile_query
from matching.queries.pool import read_pool
from reference.queries.market import MarketBand
from reference.rules.rates import NoRate, RateTable
from vacancies.content import VersionContent, content_of
from vacancies.models import Vacancy
from vacancies.queries.pay import PayFacts, country_offers
from vacancies.queries.vacancies import published_vacancies, with_version_rows
from vacancies.rules.pay import CountryOffer


@dataclass(frozen=True, slots=True)
class Match:
    """How one person and one vacancy suit each other. `score` 0..10**7, None when not eligible.

    `code` is the gate reason counted; `near_miss` says that only something not measured or confirmed is in the way.
    `rank` is the person's place in the vacancy's current ranking, where they stand in it.
    """

    vacancy: Vacancy
    score: int | None
    code: Code | None
    near_miss: bool
    rank: int | None


@dataclass(frozen=True, slots=True)
class Explained:
    """One person and one vacancy in full, with what it was computed from."""

    vacancy: Vacancy
    content: VersionContent
    query: VacancyQuery
    explanation: Explanation
    offers: dict[str, CountryOffer]
    rates: RateTable
    markets: dict[str, MarketBand]


def matches_of(candidate: Candidate, on: date, now: datetime) -> list[Match]:
    """Every open vacancy: eligible ones by score, then near misses, then the rest. A constant number of queries."""
    pool = read_pool(on, now, [candidate.pk]).pool
    if not len(pool):
        return []
    vacancies = list(
        with_version_rows(published_vacancies()).prefetch_related("employer__staff").order_by("pk")
    )
    ranks = _ranks(candidate)
    facts = PayFacts.read(on)
    found = [
        match
        for vacancy in vacancies
        if (match := _match(vacancy, pool, candidate.pk, on, facts, ranks.get(vacancy.pk))) is not None
    ]
    return sorted(
        found,
        key=lambda match: (match.score is None, not match.near_miss, -(match.score or 0), match.vacancy.pk),
    )


def explained(vacancy: Vacancy, candidates: list[int], on: date, now: datetime) -> dict[int, Explained]:
    """Explanations for some people of one vacancy (read with its version rows and `employer__staff`), by id.

    Raises InvalidQuery or NoRate when the vacancy cannot be ranked.
    """
    assert vacancy.current is not None
    content = content_of(vacancy.current)
    facts = PayFacts.read(on, [row.country for row in content.countries])
    query = compile_query(content, Team.of(vacancy.employer), on, facts)
    offers = {offer.country: offer for offer in country_offers(content, on, facts)}
    pool = read_pool(on, now, candidates).pool
    return {
        one: Explained(vacancy, content, query, explain(pool, query, one), offers, facts.rates, facts.markets)
        for one in pool.candidate_id.tolist()
    }


def _match(
    vacancy: Vacancy, pool: Pool, candidate_id: int, on: date, facts: PayFacts, place: int | None
) -> Match | None:
    assert vacancy.current is not None
    try:
        query = compile_query(content_of(vacancy.current), Team.of(vacancy.employer), on, facts)
    except (InvalidQuery, NoRate):
        return None
    result = rank(pool, query, top=1)
    if result.eligible:
        return Match(vacancy, int(result.scores[0]), None, False, place)
    code = next(iter(result.waterfall.by_code()))
    return Match(vacancy, None, code, bool(result.near_misses), place)


def _ranks(candidate: Candidate) -> dict[int, int]:
    """The person's place in each current ranking, by vacancy."""
    states = (
        RankingState.objects.select_related("current")
        .exclude(current=None)
        .filter(vacancy__state="published")
    )
    places = (
        (state.vacancy_id, state.current.result.rank_of(candidate.pk)) for state in states if state.current
    )
    return {vacancy: place for vacancy, place in places if place is not None}
