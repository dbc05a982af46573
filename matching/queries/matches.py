"""The reverse direction: one person against every open vacancy, on request."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import prefetch_related_objects

from candidates.models import Candidate
from matching.engine import (
    CODES,
    Code,
    Explanation,
    InvalidQuery,
    Pool,
    RankingResult,
    Standing,
    VacancyQuery,
    explain,
    rank,
    screen,
)
from matching.engine.open_facts import OpenFact, open_facts
from matching.models import Ranking, RankingState
from matching.queries.few import pool_of_few
from matching.queries.known import DayFacts, known_facts
from reference.queries.market import MarketBand
from reference.rules.rates import NoRate, RateTable
from vacancies.content import VersionContent
from vacancies.models import Vacancy
from vacancies.queries.pay import country_offers
from vacancies.queries.vacancies import VERSION_ROWS, published_vacancies
from vacancies.rules.pay import CountryOffer


@dataclass(frozen=True, slots=True)
class Match:
    """How one person and one vacancy suit each other. `score` 0..10**7, None when not eligible.

    `code` is the gate reason counted; `near_miss` says that only something not measured or confirmed is in the way.
    `rank` is the person's place in the vacancy's current ranking; who stands in it has its score, as the employer sees.
    `open_facts` are what a near miss lacks; `contributions` in part order add up to the score.
    """

    vacancy: Vacancy
    score: int | None
    code: Code | None
    near_miss: bool
    rank: int | None
    open_facts: tuple[OpenFact, ...] = ()
    contributions: tuple[int, ...] = ()


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


def matches_of(candidate: Candidate, on: date) -> list[Match]:
    """Every open vacancy: eligible ones by score, then near misses, then the rest.

    A constant number of queries; vacancies come without the rows of their versions unless they are new here.
    """
    facts = known_facts(on)
    pool = pool_of_few([candidate.pk], facts)
    if not len(pool):
        return []
    vacancies = list(published_vacancies().select_related("employer", "current").order_by("pk"))
    have_read([vacancy for vacancy in vacancies if not facts.holds(vacancy)])
    found = [match for vacancy in vacancies if (match := _match(vacancy, pool, facts)) is not None]
    eligible = [match.vacancy.pk for match in found if match.score is not None]
    ranked = _ranked(candidate, eligible)
    found = [_as_ranked(match, ranked) for match in found]
    return sorted(
        found,
        key=lambda match: (match.score is None, not match.near_miss, -(match.score or 0), match.vacancy.pk),
    )


def explained(
    vacancy: Vacancy,
    candidates: list[int],
    on: date,
    ranking: Ranking | None = None,
    *,
    with_changes: bool = True,
    facts: DayFacts | None = None,
) -> dict[int, Explained]:
    """Explanations for some people of one vacancy (read with `employer` and `current`), by id.

    What would change an outcome is given a place among the people of `ranking`; without `with_changes` it is left out.
    `facts` are the day's where the caller has them already. Raises InvalidQuery or NoRate when the vacancy cannot be ranked.
    """
    facts = facts or known_facts(on)
    content, query = content_now(vacancy, facts), facts.query_of(vacancy)
    offers = {offer.country: offer for offer in country_offers(content, on, facts.pay)}
    pool = pool_of_few(candidates, facts)
    found = {}
    for one in pool.candidate_id.tolist():
        told = explain(
            pool, query, one, standing=standing_in(ranking) if ranking else None, with_changes=with_changes
        )
        found[one] = Explained(vacancy, content, query, told, offers, facts.pay.rates, facts.pay.markets)
    return found


def content_now(vacancy: Vacancy, facts: DayFacts) -> VersionContent:
    """What people see of a vacancy (read with `employer` and `current`), as plain data."""
    have_read([] if facts.holds(vacancy) else [vacancy])
    return facts.content_of(vacancy)


def have_read(vacancies: list[Vacancy]) -> None:
    """Have rows and team of some vacancies in memory; five queries for all that lack them, none for none."""
    rows = [f"current__{name}" for name in VERSION_ROWS]
    prefetch_related_objects(vacancies, "employer__staff", *rows)


def standing_in(ranking: Ranking) -> Standing:
    """The people of a stored ranking, as the explanation counts places among them."""
    result = ranking.result
    return Standing(result.candidate_ids, result.scores, result.eligible)


def _match(vacancy: Vacancy, pool: Pool, facts: DayFacts) -> Match | None:
    try:
        query = facts.query_of(vacancy)
    except (InvalidQuery, NoRate):
        return None
    screening = screen(pool, query)
    if len(screening.eligible):
        result = rank(pool, query, top=1)
        return Match(
            vacancy, int(result.scores[0]), None, False, None, contributions=_contributions(result, 0)
        )
    code = CODES[int(screening.first_reasons[0]) - 1]
    near_miss = bool(len(screening.near_misses))
    return Match(vacancy, None, code, near_miss, None, open_facts(pool, query) if near_miss else ())


def _contributions(result: RankingResult, row: int) -> tuple[int, ...]:
    return tuple(result.contributions[row].tolist())


def _ranked(candidate: Candidate, vacancies: list[int]) -> dict[int, tuple[int, int, tuple[int, ...]]]:
    """The person's (rank, score, contributions) in the current rankings of some vacancies, by vacancy; one query."""
    states = RankingState.objects.select_related("current").filter(
        vacancy__in=vacancies, current__isnull=False
    )
    found = {}
    for state in states:
        result = state.current.result  # type: ignore[union-attr]
        place = result.rank_of(candidate.pk)
        if place is not None:
            score = int(result.scores[place - 1])
            found[state.vacancy_id] = (place, score, _contributions(result, place - 1))
    return found


def _as_ranked(match: Match, ranked: dict[int, tuple[int, int, tuple[int, ...]]]) -> Match:
    if match.score is None or match.vacancy.pk not in ranked:
        return match
    place, score, contributions = ranked[match.vacancy.pk]
    return replace(match, score=score, rank=place, contributions=contributions)
