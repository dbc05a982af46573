"""What a weight policy would change, before it is set: open vacancies ranked with their weights of now and with those."""

from dataclasses import dataclass, replace
from datetime import date

from matching.engine import CANDIDATE_WEIGHTS, PARTS, InvalidQuery, Pool, VacancyQuery, rank
from matching.queries.known import DayFacts, known
from matching.queries.matches import have_read
from matching.rules.weights import ALL_WORK, Policy, part_weights
from matching.words import PART_LABELS
from reference.rules.rates import NoRate
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies

TOP = 10
TRIED = 8
"""Vacancies that are ranked for a preview; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One vacancy: parts that would weigh otherwise (label, now, then), and how many of the first ten would stay."""

    vacancy: Vacancy
    changed: tuple[tuple[str, int, int], ...]
    people: int
    staying: int
    first_stays: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """`vacancies` open ones of that kind of work, `effects` the first of them."""

    vacancies: int
    effects: tuple[Effect, ...]


def preview_of(occupation: str, bounds: Policy, on: date) -> Preview:
    """What a policy for an occupation (ALL_WORK: all without their own) would do to the vacancies that are open."""
    now = known(on)
    concerned = [
        vacancy
        for vacancy in published_vacancies()
        .select_related("employer", "current")
        .order_by("-published_at", "pk")
        if _concerns(occupation, vacancy, now.facts)
    ]
    tried = concerned[:TRIED]
    have_read([vacancy for vacancy in tried if not now.facts.holds(vacancy)])
    effects = (_effect(vacancy, bounds, now.facts, now.pool) for vacancy in tried)
    return Preview(len(concerned), tuple(effect for effect in effects if effect is not None))


def _concerns(occupation: str, vacancy: Vacancy, facts: DayFacts) -> bool:
    assert vacancy.current is not None
    own = vacancy.current.occupation_id or ALL_WORK
    return own == occupation or (occupation == ALL_WORK and own not in facts.weights.rows)


def _effect(vacancy: Vacancy, bounds: Policy, facts: DayFacts, pool: Pool) -> Effect | None:
    try:
        query = facts.query_of(vacancy)
        then = replace(query, weights=part_weights(facts.content_of(vacancy).weights, bounds))
    except (InvalidQuery, NoRate):
        return None
    before, after = _first(pool, query), _first(pool, then)
    changed = tuple(
        (str(PART_LABELS[part]), was, will)
        for part, was, will in zip(PARTS, query.weights, then.weights, strict=True)
        if was != will
    )
    return Effect(vacancy, changed, len(before), len(set(before) & set(after)), before[:1] == after[:1])


def _first(pool: Pool, query: VacancyQuery) -> list[int]:
    found: list[int] = rank(pool, query, CANDIDATE_WEIGHTS, TOP).candidate_ids.tolist()
    return found
