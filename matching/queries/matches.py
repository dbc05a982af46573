"""The reverse direction: one person against every open vacancy, on request."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
from django.db.models import prefetch_related_objects

from candidates.models import Candidate
from matching.engine import (
    CODES,
    Explanation,
    Gate,
    Pool,
    RankingResult,
    Standing,
    VacancyQuery,
    columns,
    explain,
    explain_everybody,
    rank,
)
from matching.engine.kept import Kept
from matching.engine.open_facts import OpenFact, open_facts
from matching.models import Ranking, RankingState
from matching.queries.book import OpenBook, current_book
from matching.queries.few import pool_of_few
from matching.queries.known import DayFacts, known_facts
from reference.queries.market import MarketBand
from reference.rules.rates import RateTable
from vacancies.content import VersionContent
from vacancies.models import Vacancy
from vacancies.queries.pay import country_offers
from vacancies.queries.vacancies import VERSION_ROWS, published_vacancies
from vacancies.rules.pay import CountryOffer


class Found(NamedTuple):
    """One open vacancy (its key) for one person: a score of 0..10**7, or for near misses None and what they lack."""

    vacancy_id: int
    score: int | None
    open_facts: tuple[OpenFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """How one person and one vacancy suit each other, as it is shown. `score` 0..10**7, None when not eligible.

    `rank` is the person's place in the vacancy's current ranking; who stands in it has its score, as the employer sees.
    `open_facts` are what a near miss lacks; `contributions` in part order add up to the score.
    """

    vacancy: Vacancy
    score: int | None
    rank: int | None
    open_facts: tuple[OpenFact, ...] = ()
    contributions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """One person at every open vacancy. `eligible`: best first; `near`: near misses; `lost`: the others, by gate.

    `facts` and `pool` are what they were judged by.
    """

    eligible: tuple[Found, ...] = ()
    near: tuple[Found, ...] = ()
    lost: Mapping[Gate, int] = field(default_factory=dict)
    facts: DayFacts | None = None
    pool: Pool | None = None

    @property
    def total(self) -> int:
        """How many vacancies were looked at."""
        return len(self.eligible) + len(self.near) + sum(self.lost.values())


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


def matches_of(candidate: Candidate, on: date) -> Matches:
    """Every open vacancy that can be ranked; five queries while neither vacancies nor the person changed.

    It is for the person's own eyes: who is not listed, or has paused, is judged as if they were found. Of no vacancy a
    row is read: what is shown is fetched by `shown_matches`.
    """
    facts = known_facts(on)
    pool = pool_of_few([candidate.pk], facts)
    if not len(pool):
        return Matches()
    pool = _as_listed(pool)
    opened = current_book(facts)
    found = _judged.get((pool.digest, opened.number), lambda _before: _judge(pool, opened))
    return replace(found, facts=facts, pool=pool)


def _as_listed(pool: Pool) -> Pool:
    agreed = pool.listing | np.uint8(columns.AGREED)
    return pool if np.array_equal(agreed, pool.listing) else replace(pool, listing=agreed)


def shown_matches(candidate: Candidate, found: Matches, chosen: Sequence[Found]) -> list[Match]:
    """Some of a person's matches as they are shown, without those that closed meanwhile; two queries.

    Whoever stands in a vacancy's ranking is shown its figures until it is made again.
    """
    if found.facts is None or found.pool is None:
        return []
    keys = [one.vacancy_id for one in chosen]
    vacancies = published_vacancies().select_related("employer", "current").in_bulk(keys)
    ranked = _ranked(candidate, [one.vacancy_id for one in chosen if one.score is not None])
    return [
        _match(one, vacancies[one.vacancy_id], ranked.get(one.vacancy_id), found.pool, found.facts)
        for one in chosen
        if one.vacancy_id in vacancies
    ]


def explained(
    vacancy: Vacancy,
    candidates: Collection[Candidate],
    on: date,
    ranking: Ranking | None = None,
    *,
    with_changes: bool = True,
    facts: DayFacts | None = None,
) -> dict[int, Explained]:
    """Explanations for some people of one vacancy (read with `employer` and `current`), by id.

    A person's profile is never older than the `candidates` in hand; a kept explanation is the one of theirs.

    What would change an outcome is given a place among the people of `ranking`; without `with_changes` it is left out.
    `facts` are the day's where the caller has them already. Raises InvalidQuery or NoRate when the vacancy cannot be ranked.
    """
    facts = facts or known_facts(on)
    content, query = content_now(vacancy, facts), facts.query_of(vacancy)
    offers = {offer.country: offer for offer in country_offers(content, on, facts.pay)}
    moments = {one.pk: one.changed_at for one in sorted(candidates, key=lambda one: one.pk)}
    found = {}
    for one, told in _told(vacancy, query, moments, facts, ranking, with_changes).items():
        found[one] = Explained(vacancy, content, query, told, offers, facts.pay.rates, facts.pay.markets)
    return found


_explanations: Kept[Explanation] = Kept(512)
"""With what would change them: of the people and vacancies looked at last, by all that they rest on."""


def _told(
    vacancy: Vacancy,
    query: VacancyQuery,
    moments: Mapping[int, datetime],
    facts: DayFacts,
    ranking: Ranking | None,
    with_changes: bool,
) -> dict[int, Explanation]:
    """Explanations of some people as their profiles were at `moments`, worked out only where something changed since."""
    on_what = (
        facts.fingerprint,
        vacancy.current_id,
        vacancy.employer.facts_changed_at,
        ranking and ranking.pk,
    )
    keys = {one: (*on_what, one, moment) for one, moment in moments.items()}
    kept = {one: _explanations.held(key) for one, key in keys.items()} if with_changes else {}
    found = {one: told for one, told in kept.items() if told is not None}
    missing = moments.keys() - found.keys()
    if not missing:
        return found
    pool = pool_of_few(missing, facts, {one: moments[one] for one in missing})
    if not with_changes:
        return explain_everybody(pool, query)
    standing = standing_in(ranking) if ranking else None
    for one in pool.candidate_id.tolist():
        told = explain(pool, query, one, standing=standing, proofs=facts.proofs)
        found[one] = _explanations.keep(keys[one], told)
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


_judged: Kept[Matches] = Kept(256)
"""The people looked at last, by what their profile says and the number of the book they were held against."""


def _judge(pool: Pool, opened: OpenBook) -> Matches:
    prospects = opened.book.judge(pool, 0)
    keys = opened.keys[prospects.vacancies]
    fits = np.flatnonzero(prospects.first_reasons == 0)
    order = fits[np.lexsort((keys[fits], -prospects.scores[fits]))]
    pairs = zip(keys[order].tolist(), prospects.scores[order].tolist(), strict=True)
    near = np.flatnonzero(prospects.first_reasons).tolist()
    lacks = [open_facts(pool, opened.book.queries[prospects.vacancies[at]]) for at in near]
    lost = np.bincount(prospects.all_reasons, minlength=len(CODES) + 1)
    lost -= np.bincount(prospects.first_reasons, minlength=len(CODES) + 1)
    by_gate: Counter[Gate] = Counter()
    for code, number in zip(CODES, lost[1:].tolist(), strict=True):
        by_gate[code.gate] += number
    return Matches(
        tuple(Found(key, score) for key, score in pairs),
        tuple(Found(int(keys[at]), None, facts) for at, facts in zip(near, lacks, strict=True)),
        {gate: number for gate, number in by_gate.items() if number},
    )


def _match(
    found: Found,
    vacancy: Vacancy,
    ranked: tuple[int, int, tuple[int, ...]] | None,
    pool: Pool,
    facts: DayFacts,
) -> Match:
    if found.score is None:
        return Match(vacancy, None, None, found.open_facts)
    if ranked is not None:
        place, score, contributions = ranked
        return Match(vacancy, score, place, contributions=contributions)
    result = rank(pool, facts.query_of(vacancy), top=1)
    contributions = _contributions(result, 0) if len(result) else ()
    return Match(vacancy, found.score, None, contributions=contributions)


def _contributions(result: RankingResult, row: int) -> tuple[int, ...]:
    return tuple(result.contributions[row].tolist())


def _ranked(candidate: Candidate, vacancies: list[int]) -> dict[int, tuple[int, int, tuple[int, ...]]]:
    """The person's (rank, score, contributions) in the current rankings of some vacancies, by vacancy; one query.

    Only rankings in which they stand are read.
    """
    states = RankingState.objects.filter(
        vacancy__in=vacancies, current__isnull=False, listed__contains=[candidate.pk]
    )
    states = states.select_related("current").defer("listed", "near_missed", "near_limits", "current__query")
    found = {}
    for state in states:
        result = state.current.result  # type: ignore[union-attr]
        place = result.rank_of(candidate.pk)
        if place is not None:
            score = int(result.scores[place - 1])
            found[state.vacancy_id] = (place, score, _contributions(result, place - 1))
    return found
